import { expect, test } from 'vitest';
import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';
import { withoutEnded } from './without-ended.ts';

const now = 1_000;
const unknown: SurvivalCurve = { lasts: () => undefined };
/** Those that reach 100 go on for ever; of those younger a hundredth ends in one. */
const hardy: SurvivalCurve = { lasts: (age, more) => (age >= 100 ? 1 : 0.99 ** more) };
/** None ends before 100, and then all. */
const mortal: SurvivalCurve = { lasts: (age, more) => Number(age + more < 100) };

test.each<[string, readonly number[], number, SurvivalCurve, readonly number[]]>([
  ['all have ended', [1, 2], 2, unknown, []],
  ['any one of three: each is gone by a third', [100, 400, 700], 1, unknown, [200, 600]],
  ['any two of three: what is left is as old as all were', [100, 400, 700], 2, unknown, [400]],
  ['the young one where old ones go on', [100, 950], 1, hardy, [100]],
  ['the old one where none goes on', [880, 950], 1, mortal, [950]],
  ['young ones alike, as the old one stays', [100, 940, 980], 1, hardy, [100, 960]],
  ['one that had to go on, where more have ended than could', [990, 994], 1, mortal, [992]],
])('%s', (_, startedMs, ended, survival, left) => {
  expect(withoutEnded(startedMs, ended, { fromMs: now - 10, toMs: now }, survival)).toEqual(left);
});

test('one that began meanwhile could end for a shorter time', () => {
  const [left = 0] = withoutEnded(
    [800, 995],
    1,
    { fromMs: 900, toMs: now },
    { lasts: (_, more) => 0.99 ** more },
  );
  // 5 of the 105 were its.
  expect(left).toBeGreaterThan(970);
});
