import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ForecastPolicy } from '../policies/forecast/forecast-policy.ts';
import { makePolicy, policyNames } from '../policies/make-policy.ts';
import { StaticPolicy } from '../policies/static.ts';
import type { ScalePolicy, ScaleView } from '../scale-policy.ts';
import { manyFaults } from './faults.ts';
import { simulate } from './simulate.ts';
import type { Trace } from './trace.ts';

const hour = 3_600_000;

/** Days with a peak at noon. */
function days(count: number): Trace {
  const values = Array.from({ length: 24 * count }, (_, at) => 1 - Math.cos((2 * Math.PI * (at % 24)) / 24));
  return { startMs: Date.parse('2026-03-02T00:00:00Z'), stepMs: hour, values };
}

const meanLoad = 300;

test('the same seed brings the same, another one does not', () => {
  const run = (seed: number) => simulate(days(2), new ForecastPolicy(), { meanLoad, seed });
  expect(run(1)).toEqual(run(1));
  expect(run(1).bridgeHours).not.toBe(run(2).bridgeHours);
});

test('as many bridges as are wanted exist, and carry what there is', () => {
  const score = simulate(days(3), new StaticPolicy({ bridges: 12 }), { meanLoad, seed: 1 });
  expect(score.bridgeHours).toBeCloseTo(12 * 24, -1);
  expect(score.fluidBound).toBeGreaterThan(0.8 * 3 * 24);
  expect(score.fluidBound).toBeLessThan(1.2 * 3 * 24);
  expect(score.launches * 3).toBeLessThan(14);
});

test('too few are overloaded, and too many are not', () => {
  const ppm = (bridges: number) =>
    simulate(days(3), new StaticPolicy({ bridges }), { meanLoad, seed: 1 }).overloadPpm;
  expect(ppm(3)).toBeGreaterThan(100_000);
  expect(ppm(14)).toBeLessThan(10_000);
});

test.each(policyNames.filter((name) => name !== 'static' && name !== 'linear-regression'))(
  '%s follows the load up and down and cuts nobody, with faults too',
  (name) => {
    const score = simulate(days(3), makePolicy(name), { meanLoad, seed: 1, faults: manyFaults });
    expect(score.cut).toBe(0);
    expect(score.unserved).toBe(0);
    expect(score.bridgeHours).toBeGreaterThan(score.fluidBound);
    expect(score.bridgeHours).toBeLessThan(30 * 24);
    expect(score.launches * 3).toBeGreaterThan(5);
  },
);

test('whatever is decided, at random, nobody is cut', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      let state = seed;
      const chance = () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return state / 2 ** 32;
      };
      const policy: ScalePolicy = {
        decide({ bridges }: ScaleView) {
          const some = () => new Set(bridges.filter(() => chance() < 0.5).map(({ name }) => name));
          return {
            exist: Math.floor(10 * chance()),
            open: some(),
            end: chance() < 0.1 ? some() : new Set(),
            reasons: [],
          };
        },
      };
      expect(simulate(days(1), policy, { meanLoad, seed: 3, faults: manyFaults }).cut).toBe(0);
    }),
    { numRuns: 10 },
  );
});

test('days to learn from are lived through, and count for nothing', () => {
  const told: number[] = [];
  const policy: ScalePolicy = {
    observe: (wallMs) => void told.push(wallMs),
    decide: ({ bridges }: ScaleView) => ({
      exist: 12,
      open: new Set(bridges.map(({ name }) => name)),
      reasons: [],
    }),
  };
  const trace = days(3);
  const score = simulate(trace, policy, { meanLoad, seed: 1, warmUpDays: 2 });
  expect(told).toHaveLength(3 * 288 - 1);
  // The twelve started in the first minutes, a day is one day's, and people are there from its beginning.
  expect(score).toMatchObject({ bridgeHours: 12 * 24, launches: 0, cut: 0 });
  expect(score.fluidBound).toBeGreaterThan(0.7 * 3 * 24);
  expect(score.fluidBound).toBeLessThan(1.3 * 3 * 24);
});

test('one that learns does better after two weeks than from nothing', () => {
  const hours = (warmUpDays: number) => {
    const options = { meanLoad, seed: 1, warmUpDays };
    return simulate(days(warmUpDays + 1), new ForecastPolicy(), options).bridgeHours;
  };
  expect(hours(14)).toBeLessThan(hours(0));
});

test('without relays a meeting stays on one bridge', () => {
  const options = { meanLoad, seed: 1 };
  expect(simulate(days(2), new ForecastPolicy(), { ...options, relays: false }).splitLegs).toBe(0);
  expect(simulate(days(2), new ForecastPolicy(), options).splitLegs).toBeGreaterThan(0);
});
