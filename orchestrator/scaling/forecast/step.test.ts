import { expect, test } from 'vitest';
import { hourOfDay, stepOf, stepOfDay, stepOfWeek } from './step.ts';

test.each([
  ['2026-03-05T00:00', 0, 0, 0],
  ['2026-03-05T09:07', 109, 109, 9],
  ['2026-03-06T23:59', 575, 287, 23],
  ['2026-03-07T00:00', 576, 288, 24],
  ['2026-03-08T23:55', 1151, 575, 47],
  ['2026-03-09T00:00', 1152, 0, 0],
])('%s is step %d of the week, %d of its kind of day, in hour %d', (time, ofWeek, ofDay, hour) => {
  const step = stepOf(Date.parse(`${time}:00Z`));
  expect([stepOfWeek(step), stepOfDay(step), hourOfDay(step)]).toEqual([ofWeek, ofDay, hour]);
});

test('times before the epoch keep their place in the week', () => {
  expect(stepOfWeek(stepOf(Date.parse('1969-12-31T00:00:00Z')))).toBe(2016 - 288);
});
