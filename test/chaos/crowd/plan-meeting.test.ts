import { expect, it } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { planMeeting } from './plan-meeting.ts';

const plans = Array.from({ length: 200 }, (_, seed) => planMeeting(seededRandom(seed), 2));

it('is the same for the same seed', () => {
  expect(planMeeting(seededRandom(5), 2)).toEqual(plans[5]);
  expect(plans[6]).not.toEqual(plans[5]);
});

it('has two who join at once, and stays that last and do not overlap for one person', () => {
  for (const stays of plans) {
    expect(stays.filter(({ from }) => from <= 300).length).toBeGreaterThanOrEqual(2);
    for (const { who, from, until } of stays) {
      expect(until - from).toBeGreaterThanOrEqual(2_000);
      const again = stays.find((other) => other.who === `${who} again`);
      if (again) expect(again.from).toBeGreaterThanOrEqual(until);
    }
  }
});

it('uses every proxy and transport, and lets people come late, leave early and come back', () => {
  const stays = plans.flat();
  expect(new Set(stays.map(({ proxy, transport }) => `${proxy} ${transport}`)).size).toBe(4);
  expect(stays.some(({ from }) => from > 300)).toBe(true);
  expect(stays.some(({ who }) => who.endsWith('again'))).toBe(true);
});
