import { expect, test } from 'vitest';
import { stationaryStarts } from './stationary-starts.ts';

const minuteMs = 60_000;
const nowMs = 1_000_000 * minuteMs;
const unknown = { lasts: () => undefined };
/** All meetings last for an hour. */
const hours = { lasts: (ageMs: number, moreMs: number) => Number(ageMs + moreMs < 60 * minuteMs) };
const agesOf = (startedMs: readonly number[]) => startedMs.map((began) => (nowMs - began) / minuteMs);

test.each([
  ['none', 0, hours, []],
  ['of an hour each, spread evenly over it', 3, hours, [45, 25, 5]],
  ['one, about half as old as they become', 1, hours, [25]],
  // Half of them are younger than 50 min * ln 2.
  ['one of unknown length', 1, unknown, [35]],
])('%s', (_, count, survival, ages) => {
  expect(agesOf(stationaryStarts(count, nowMs, survival))).toEqual(ages);
});

test('many of unknown length are as old as those of 50 min on average are', () => {
  const ages = agesOf(stationaryStarts(1_000, nowMs, unknown));
  const mean = ages.reduce((sum, age) => sum + age, 0) / 1_000;
  expect(mean).toBeGreaterThan(48);
  expect(mean).toBeLessThan(52);
  expect(ages).toEqual(ages.toSorted((a, b) => b - a));
});
