import { describe, expect, it } from 'vitest';
import type { ChaosResult } from './run-chaos.ts';
import { isClean, summarize } from './summary.ts';

const clean: ChaosResult = {
  seed: 1,
  double: false,
  healed: [
    { kinds: ['kill-agent'], healMs: 1_000 },
    { kinds: ['reload-proxy'], healMs: 400 },
    { kinds: ['kill-agent'], healMs: 3_000 },
    { kinds: ['kill-agent'], healMs: 2_000 },
  ],
  rooms: 10,
  joins: 30,
  refused: 1,
  violations: [],
  stories: [],
};

describe('summarize', () => {
  it('adds runs up, and says of each kind how long it took to heal', () => {
    const summary = summarize([clean, { ...clean, seed: 2 }]);
    expect(summary).toMatchObject({ seeds: [1, 2], faults: 8, kinds: 2, rooms: 20, joins: 60, refused: 2 });
    expect(summary.byKind['kill-agent']).toEqual({ faults: 6, healSeconds: { median: 2, max: 3 } });
    expect(isClean(summary)).toBe(true);
  });

  it.each(['split', 'moved', 'cut', 'lost'] as const)('is not clean with a room that was %s', (kind) => {
    const violation = { kind, room: '/r', at: 0, what: '', events: [] };
    const summary = summarize([clean, { ...clean, violations: [violation] }]);
    expect(summary[kind]).toBe(1);
    expect(isClean(summary)).toBe(false);
  });

  it('is not clean with a fleet that did not heal', () => {
    expect(isClean(summarize([{ ...clean, unhealed: 'not whole' }]))).toBe(false);
  });
});
