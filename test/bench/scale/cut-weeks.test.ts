import { expect, test } from 'vitest';
import { cutWeeks } from './cut-weeks.ts';

const week = (rise: number) => Array.from({ length: 168 }, (_, hour) => (hour % 24 === 8 ? rise : 1));
const trace = { startMs: 0, stepMs: 3_600_000, values: [3, 9, 2, 5, 4, 7].flatMap(week) };

test('the steepest week and the flattest stay, in their order, and what is between', () => {
  const highest = (values: readonly number[]) =>
    Array.from({ length: values.length / 168 }, (_, at) =>
      Math.max(...values.slice(at * 168, (at + 1) * 168)),
    );
  expect(highest(cutWeeks(trace, 3).values)).toEqual([9, 2, 4]);
  expect(highest(cutWeeks(trace, 2).values)).toEqual([9, 2]);
});

test('a short trace stays whole', () => {
  expect(cutWeeks(trace, 6)).toBe(trace);
});
