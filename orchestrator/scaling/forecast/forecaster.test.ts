import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { type Forecast, Forecaster } from './forecaster.ts';
import { stepMs } from './step.ts';

const monday = Date.parse('2026-03-02T00:00:00Z');

/** A load with days and quiet weekends, and noise of 5 %. */
function loadAt(step: number, random: () => number): number {
  const day = Math.floor(step / 288) % 7;
  const height = day < 5 ? 400 : 120;
  return height * (1.1 - Math.cos((2 * Math.PI * (step % 288)) / 288)) * (0.95 + 0.1 * random());
}

function run(steps: number, seed = 1, gaps = 0) {
  const random = seededRandom(seed);
  const forecaster = new Forecaster();
  const loads: number[] = [];
  const said: Forecast[] = [];
  for (let step = 0; step < steps; step += 1) {
    const load = loadAt(step, random);
    loads.push(load);
    forecaster.observe(monday + step * stepMs, random() < gaps ? undefined : load);
    said.push(forecaster.forecast());
  }
  return { loads, said };
}

test('nothing is said of nothing, and from the first step on there is a wide band', () => {
  const forecaster = new Forecaster();
  expect(forecaster.forecast()).toEqual({
    in15: undefined,
    within5: undefined,
    within25: undefined,
    band25: undefined,
    within30: undefined,
  });
  forecaster.observe(monday, 100);
  const { in15, within25 } = forecaster.forecast();
  expect(in15).toBeCloseTo(100);
  expect(within25).toBeGreaterThan(150);
});

test('on its first day the first morning is no rule', () => {
  const forecaster = new Forecaster();
  const night = 84;
  for (let step = 0; step < 2 * 288; step += 1) {
    const load = step % 288 < night ? 0 : 40 * Math.min(20, (step % 288) - night);
    forecaster.observe(monday + step * stepMs, load);
    if (step < 288) expect(forecaster.forecast().within25).toBeLessThanOrEqual(4 * load + 100);
  }
});

test('after three weeks it knows mornings: nearer than persistence by a third', () => {
  const { loads, said } = run(4 * 2016);
  let own = 0;
  let persistence = 0;
  for (let step = 3 * 2016; step + 3 < loads.length; step += 1) {
    const came = loads[step + 3] ?? 0;
    own += Math.abs((said[step]?.in15 ?? 0) - came);
    persistence += Math.abs((loads[step] ?? 0) - came);
  }
  expect(own).toBeLessThan(0.67 * persistence);
});

test.each([
  ['within25', 5, 0.99, 0],
  ['band25', 5, 0.975, 0],
  ['within30', 6, 0.8, 0],
  ['band25', 5, 0.975, 0.1],
] as const)(
  '%s covers the highest of %d steps as often as it says, %d, with gaps of %d',
  (quantile, ahead, level, gaps) => {
    const { loads, said } = run(6 * 2016, 3, gaps);
    let covered = 0;
    let told = 0;
    for (let step = 2016; step + ahead < loads.length; step += 1) {
      const limit = said[step]?.[quantile];
      if (limit === undefined) continue;
      told += 1;
      if (Math.max(...loads.slice(step + 1, step + 1 + ahead)) <= limit) covered += 1;
    }
    expect(covered / told).toBeGreaterThan(level - 0.015);
    expect(covered / told).toBeLessThan(level + 0.015);
  },
);

test('whatever comes, it is never NaN, never negative, and the quantiles stand in order', () => {
  const step = fc.tuple(
    fc.integer({ min: 1, max: 400 }),
    fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
      const forecaster = new Forecaster();
      let at = monday;
      for (const [passed, load] of steps) {
        at += passed * stepMs;
        forecaster.observe(at, load ?? undefined);
        for (const value of Object.values(forecaster.forecast()))
          expect(Number(value ?? 0)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 40 },
  );
});

test('after a missing step nothing is said, and the next known one is like before', () => {
  const { said } = run(600);
  const forecaster = new Forecaster();
  const random = seededRandom(1);
  for (let step = 0; step < 599; step += 1) {
    const load = loadAt(step, random);
    random();
    forecaster.observe(monday + step * stepMs, load);
  }
  forecaster.observe(monday + 599 * stepMs, undefined);
  expect(forecaster.forecast().in15).toBeUndefined();
  forecaster.observe(monday + 600 * stepMs, 50);
  expect(forecaster.forecast().in15).toBeGreaterThan(0);
  expect(said.length).toBe(600);
});
