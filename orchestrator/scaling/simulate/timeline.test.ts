import { expect, test } from 'vitest';
import type { Glance } from './glance.ts';
import { doRun } from './run.ts';
import { TimelineRecorder } from './timeline.ts';
import type { Trace } from './trace.ts';

const trace: Trace = { startMs: 5, stepMs: 60_000, values: [1, 1, 1, 1, 1] };
const calm: Glance = { people: 50, exist: 2, ready: 2, open: 1, overloaded: 0, hot: 0 };

test('a column has the least and the most of its minutes, and the shares of what was bad', () => {
  const recorder = new TimelineRecorder(trace, 2, 100);
  recorder.look(calm);
  recorder.look({ ...calm, people: 150, overloaded: 150, hot: 1 });
  recorder.look({ ...calm, exist: 3 });
  recorder.look({ ...calm, people: 0 });
  recorder.look({ ...calm, people: 0, open: 2 });
  const { startMs, columnMs, columns } = recorder.timeline();
  expect({ startMs, columnMs }).toEqual({ startMs: 5, columnMs: 180_000 });
  expect(columns).toEqual([
    {
      load: { low: 0.5, high: 1.5 },
      exist: { low: 2, high: 3 },
      open: { low: 1, high: 1 },
      overloaded: 0.6,
      hot: 1 / 6,
    },
    {
      load: { low: 0, high: 0 },
      exist: { low: 2, high: 2 },
      open: { low: 1, high: 2 },
      overloaded: 0,
      hot: 0,
    },
  ]);
});

test('a simulation shows what its score says', () => {
  const hours: Trace = { startMs: 0, stepMs: 3_600_000, values: new Array(24).fill(300) };
  const { score, timeline } = doRun({
    trace: hours,
    policy: 'static',
    options: { bridges: 3 },
    seed: 1,
    columns: 1440,
  });
  const columns = timeline?.columns ?? [];
  expect(columns).toHaveLength(1440);
  expect(columns.reduce((sum, { exist }) => sum + exist.high, 0) / 60).toBeCloseTo(score.bridgeHours);
  expect(columns.reduce((sum, { load }) => sum + load.high, 0) / 60).toBeCloseTo(score.fluidBound);
  expect(score.overloadPpm).toBeGreaterThan(0);
  expect(columns.some(({ overloaded }) => overloaded > 0)).toBe(true);
  expect(Math.max(...columns.map(({ open }) => open.high))).toBe(3);
});
