import { expect, test } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { Residuals } from './residuals.ts';

test('nothing is said before there was a residual', () => {
  expect(new Residuals().quantile(108, 0.95)).toBeUndefined();
});

/** A weekday's step, by hour and step of the hour: the epoch began on a Thursday. */
const at = (hour: number, step = 0) => 12 * hour + step;

test('an hour of its own kind goes by its own residuals, the more of them there are', () => {
  const residuals = new Residuals();
  for (let time = 0; time < 300; time += 1) {
    residuals.observe(at(9), 10);
    residuals.observe(at(3), 0);
  }
  expect(residuals.quantile(at(9), 0.5)).toBeGreaterThan(9);
  expect(residuals.quantile(at(3), 0.5)).toBeLessThan(1);
  expect(residuals.quantile(at(20), 0.95)).toBe(10);
});

test('the full hour has a band of its own, in hours that have not been seen too', () => {
  const residuals = new Residuals();
  const random = seededRandom(3);
  for (let step = 0; step < at(20) * 20; step += 1) {
    const isNight = step % 288 >= at(20);
    if (!isNight) residuals.observe(step, (random() - 0.5) * (step % 12 === 0 ? 6 : 2));
  }
  for (const hour of [9, 22]) {
    const full = residuals.quantile(at(hour), 0.95) ?? 0;
    expect(full / (residuals.quantile(at(hour, 6), 0.95) ?? 0)).toBeCloseTo(3, 0);
    expect(full).toBeGreaterThan(2.2);
    expect(full).toBeLessThan(3.2);
  }
});

test.each([0.8, 0.95, 0.975])('the level %d is held although the scatter doubles half-way', (level) => {
  const residuals = new Residuals();
  const random = seededRandom(7);
  let covered = 0;
  const steps = 20_000;
  for (let step = 0; step < steps; step += 1) {
    const residual = (random() - 0.5) * (step < steps / 2 ? 1 : 2);
    const quantile = residuals.quantile(12 * (step % 24), level) ?? 1;
    residuals.covered(level, residual <= quantile);
    if (residual <= quantile) covered += 1;
    residuals.observe(12 * (step % 24), residual);
  }
  expect(covered / steps).toBeGreaterThan(level - 0.01);
  expect(covered / steps).toBeLessThan(level + 0.015);
});
