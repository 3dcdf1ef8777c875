import { describe, expect, it } from 'vitest';
import { latencyOf } from './latency.ts';
import { renderReport } from './render-report.ts';
import { isClean, reportOf } from './report.ts';

describe('latencyOf', () => {
  it('gives percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(latencyOf(hundred)).toEqual({ count: 100, p50: 50, p99: 99 });
    expect(latencyOf([3])).toEqual({ count: 1, p50: 3, p99: 3 });
    expect(latencyOf([])).toEqual({ count: 0, p50: 0, p99: 0 });
  });
});

describe('the report', () => {
  const empty = reportOf([], []);

  it('is clean only when all that must be zero is', () => {
    expect(isClean(empty)).toBe(true);
    for (const fault of ['split', 'moved', 'cut', 'absent', 'unheard'] as const) {
      expect(isClean({ ...empty, [fault]: 1 })).toBe(false);
    }
  });

  it('counts what the checks missed', () => {
    const check = { room: '/r', shards: {}, absent: ['p1'], unheard: ['p1 -> p2', 'p2 -> p1'], routes: [] };
    expect(reportOf([], [check, check])).toMatchObject({ absent: 2, unheard: 4 });
  });

  it('names the rooms where something went wrong', () => {
    const fault = { room: '/r', split: 'p1 on x while p2 on y', moved: undefined, cut: undefined };
    const text = renderReport({ ...empty, split: 1, faults: [fault] });
    expect(text).toContain('/r split: p1 on x while p2 on y');
    expect(text).toContain('FAILED');
    expect(renderReport(empty)).toContain('No room was split');
  });
});
