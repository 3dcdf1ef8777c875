import { expect, test } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { Residuals } from './residuals.ts';

test('nothing is said before there was a residual', () => {
  expect(new Residuals().quantile(9, 0.95)).toBeUndefined();
});

test('an hour of its own kind goes by its own residuals, the more of them there are', () => {
  const residuals = new Residuals();
  for (let time = 0; time < 300; time += 1) {
    residuals.observe(9, 10);
    residuals.observe(3, 0);
  }
  expect(residuals.quantile(9, 0.5)).toBeGreaterThan(9);
  expect(residuals.quantile(3, 0.5)).toBeLessThan(1);
  expect(residuals.quantile(20, 0.95)).toBe(10);
});

test.each([0.8, 0.95, 0.975])('the level %d is held although the scatter doubles half-way', (level) => {
  const residuals = new Residuals();
  const random = seededRandom(7);
  let covered = 0;
  const steps = 20_000;
  for (let step = 0; step < steps; step += 1) {
    const residual = (random() - 0.5) * (step < steps / 2 ? 1 : 2);
    const quantile = residuals.quantile(step % 24, level) ?? 1;
    residuals.covered(level, residual <= quantile);
    if (residual <= quantile) covered += 1;
    residuals.observe(step % 24, residual);
  }
  expect(covered / steps).toBeGreaterThan(level - 0.01);
  expect(covered / steps).toBeLessThan(level + 0.015);
});
