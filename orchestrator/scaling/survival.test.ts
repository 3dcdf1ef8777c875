import { expect, test } from 'vitest';
import { seededRandom } from '../../common/random.ts';
import { lognormal } from './simulate/distributions.ts';
import { Survival } from './survival.ts';

const minute = 60_000;

test('before anything is known meetings last some 50 minutes', () => {
  const survival = new Survival();
  expect(survival.lasts(0, 50 * minute)).toBeCloseTo(Math.exp(-1), 1);
});

test('of meetings that all end after half an hour none goes on', () => {
  const survival = new Survival();
  for (let meeting = 0; meeting < 20_000; meeting += 1) survival.ended(30 * minute);
  survival.solve([]);
  expect(survival.lasts(0, 30 * minute)).toBeGreaterThan(0.98);
  expect(survival.lasts(0, 31 * minute)).toBeLessThan(0.02);
  expect(survival.lasts(20 * minute, 5 * minute)).toBeGreaterThan(0.98);
});

test('meetings that go on count: without them the long ones would seem rare', () => {
  const ended = () => {
    const survival = new Survival();
    for (let meeting = 0; meeting < 1000; meeting += 1) survival.ended(10 * minute);
    return survival;
  };
  const all = ended();
  all.solve(new Array(1000).fill(100 * minute));
  const known = ended();
  known.solve([]);
  expect(known.lasts(0, 11 * minute)).toBeLessThan(0.1);
  expect(all.lasts(0, 11 * minute)).toBeGreaterThan(0.45);
});

test('the curve of lognormal lengths is found again', () => {
  const survival = new Survival();
  const random = seededRandom(2);
  for (let meeting = 0; meeting < 50_000; meeting += 1) survival.ended(minute * lognormal(random, 36, 0.65));
  survival.solve([]);
  expect(survival.lasts(0, 36 * minute)).toBeCloseTo(0.5, 1);
  expect(survival.lasts(36 * minute, 33 * minute)).toBeCloseTo(2 * 0.159, 1);
});

test('no probability leaves its bounds, at any age', () => {
  const survival = new Survival();
  survival.ended(5 * minute);
  survival.fade();
  survival.solve([3 * minute, 1e12]);
  for (const age of [-1, 0, 7, 1439, 1440, 1e6]) {
    const share = survival.lasts(age * minute, 45 * minute);
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
  }
});
