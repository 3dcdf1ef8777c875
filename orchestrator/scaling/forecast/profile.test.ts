import { expect, test } from 'vitest';
import { Profile } from './profile.ts';

/** So many days of two slots: one is always 0, the other about 30. */
function learned(days: number): Profile {
  const profile = new Profile(2, 0.3);
  for (let day = 0; day < days; day += 1) {
    profile.observe(0, 0);
    profile.observe(1, 30 + (day % 2));
  }
  return profile;
}

test('a day that is out of all bounds changes little of what is usual', () => {
  const profile = learned(20);
  profile.observe(1, 0);
  expect(profile.at(1)).toBeGreaterThan(29);
});

test('what is usual follows all the same when it changes for good', () => {
  const profile = learned(20);
  for (let day = 0; day < 60; day += 1) profile.observe(1, 0);
  expect(profile.at(1)).toBeLessThan(3);
});

test('nothing is usual where nothing was seen', () => {
  expect(new Profile(2, 0.3).at(1)).toBeUndefined();
});
