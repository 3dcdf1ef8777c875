import { expect, test } from 'vitest';
import { quantile } from './quantile.ts';

test('a quantile lies between its neighbours in proportion', () => {
  expect([0, 0.5, 0.75, 1].map((level) => quantile([30, 10, 20, 40, 0], level))).toEqual([0, 20, 30, 40]);
  expect(quantile([0, 10], 0.3)).toBeCloseTo(3, 9);
  expect(quantile([], 0.5)).toBeNaN();
});
