import { expect, test } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { Regression } from './regression.ts';
import { solveLinear } from './solve-linear.ts';

test('equations are solved, by pivots where the first coefficient is 0', () => {
  const solution = solveLinear([
    [0, 2, 1, 7],
    [1, 1, 1, 6],
    [2, 0, -1, -1],
  ]);
  expect(solution?.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, 2, 3]);
  expect(
    solveLinear([
      [1, 1, 2],
      [2, 2, 4],
    ]),
  ).toBeUndefined();
});

test('it starts with its prior and learns what holds', () => {
  const regression = new Regression({ prior: [0, 1], forgetting: 1, ridge: 1 });
  expect(regression.predict([1, 5])).toBe(5);
  const random = seededRandom(1);
  for (let step = 0; step < 2000; step += 1) {
    const x = 10 * random();
    regression.observe([1, x], 3 + 2 * x);
  }
  expect(regression.predict([1, 5])).toBe(5);
  regression.solve();
  expect(regression.predict([1, 5])).toBeCloseTo(13, 1);
});

test('what is long ago is forgotten', () => {
  const regression = new Regression({ prior: [0], forgetting: 0.9, ridge: 1e-6 });
  for (let step = 0; step < 200; step += 1) regression.observe([1], step < 100 ? 10 : 20);
  regression.solve();
  expect(regression.predict([1])).toBeCloseTo(20, 1);
});
