import { expect, test } from 'vitest';
import { doRun, type Run } from './run.ts';

const values = Array.from({ length: 24 * 7 }, (_, hour) => (hour % 24 === 9 ? 900 : 100));
const trace = { startMs: 0, stepMs: 3_600_000, values };
const run: Run = { trace, policy: 'static', options: { bridges: 6 }, seed: 1 };

test('a run that is sure to come to too much ends early, and one that does not is as without a limit', () => {
  const whole = doRun(run);
  const { overloadPpm, bridgeHours } = whole.score;
  expect(doRun({ ...run, atMost: { overloadPpm: 2 * overloadPpm, bridgeHours: bridgeHours + 1 } })).toEqual(
    whole,
  );
  const days: number[] = [];
  const overloaded = doRun({ ...run, atMost: { overloadPpm: overloadPpm / 3 } }, (day) => days.push(day));
  expect(overloaded.gaveUp).toBe(true);
  expect(days.length).toBeLessThan(6);
  expect(doRun({ ...run, atMost: { bridgeHours: bridgeHours / 2 } }).gaveUp).toBe(true);
});
