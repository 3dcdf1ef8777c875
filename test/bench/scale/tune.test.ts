import { expect, test } from 'vitest';
import type { Ran, Run } from '../../../orchestrator/scaling/simulate/run.ts';
import type { Contender } from './contenders.ts';
import { tune } from './tune.ts';

const steps = Array.from({ length: 30 }, (_, index) => index);
const contender: Contender = { policy: 'hpa', axes: { size: steps, spread: steps } };
const trace = { startMs: 0, stepMs: 3_600_000, values: new Array(24 * 28).fill(100) };
const options = { trace, seeds: 2, draws: 12, weeks: 2 };

/** A world in which size costs, spread away from 17 costs too, and overload falls with size. */
function world(least: number) {
  const runs: Run[] = [];
  const run = async (asked: Run): Promise<Ran> => {
    runs.push(asked);
    const { size, spread } = asked.options as { size: number; spread: number };
    const bridgeHours = 10 * size + (spread - 17) ** 2;
    const overloadPpm = 400 * Math.exp((least - size) / 4 - Math.log(4)) + asked.seed / 100;
    const { atMost } = asked;
    const isOver =
      atMost && (overloadPpm > (atMost.overloadPpm ?? 1e9) || bridgeHours > (atMost.bridgeHours ?? 1e9));
    const score = { bridgeHours, overloadPpm, hotPct: 1, fluidBound: 1, launches: 1 };
    return {
      score: { ...score, relaunches30m: 0, splitLegs: 0, cut: 0, unserved: 0 },
      ...(isOver && { gaveUp: true as const }),
    };
  };
  return { run, runs };
}

test('it finds the cheapest that holds the level, beside those that it has drawn', async () => {
  const { run, runs } = world(12);
  const { options: found, meetsLevel, edges } = await tune(run, contender, options);
  const best = found as Record<string, unknown>;
  expect(meetsLevel).toBe(true);
  expect(edges).toEqual([]);
  expect(best.spread).toBe(17);
  expect(Number(best.size)).toBeGreaterThanOrEqual(13);
  expect(Number(best.size)).toBeLessThanOrEqual(16);
  expect(runs.length).toBeLessThan(200);
});

test('where no candidate holds it, that with the least overload, at the edge', async () => {
  const { options: found, meetsLevel, edges } = await tune(world(100).run, contender, options);
  const best = found as Record<string, unknown>;
  expect([meetsLevel, best.size, edges]).toEqual([false, 29, ['size']]);
});

test('one that has nothing to tune is run over the whole, once for each seed', async () => {
  const { run, runs } = world(12);
  await tune(run, { policy: 'hpa', axes: {} }, options);
  expect(runs.map(({ seed, trace: { values } }) => [seed, values.length])).toEqual([
    [1, 672],
    [2, 672],
  ]);
});

test('what its thread throws comes to whoever tunes', async () => {
  const failing = () => Promise.reject(new Error('no such option'));
  await expect(tune(failing, contender, options)).rejects.toThrow('no such option');
});
