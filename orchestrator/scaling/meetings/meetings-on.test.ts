import { describe, expect, test } from 'vitest';
import { meetingsOn } from './meetings-on.ts';

const now = 1_000_000;
const said = {
  readAt: now - 30_000,
  rooms: new Map([
    ['a', 500_000],
    ['b', 600_000],
  ]),
};
const census = (at: number, ...born: [string, number][]) => ({
  at,
  bornAt: new Map(born),
  rooms: new Set(born.map(([room]) => room)),
});

describe('meetingsOn', () => {
  test.each([
    ['when they began by the census', census(now, ['a', 1], ['b', 2]), 2, [1, 2]],
    ['when they were seen first, where no census tells', undefined, 2, [500_000, 600_000]],
    ['not those that the census shows no more', census(now, ['a', 1]), 1, [1]],
    ['those that an older census does not know yet', census(now - 40_000, ['a', 1]), 2, [1, 600_000]],
    ['those that came since, as of now', census(now, ['a', 1], ['b', 2]), 3, [1, 2, now]],
  ])('tells %s', (_, rooms, conferences, started) => {
    const meetings = meetingsOn(said, rooms, conferences, now);
    expect(meetings.map(({ startedMs }) => startedMs)).toEqual(started);
  });

  test('a bridge that names none is no idle one', () => {
    expect(meetingsOn(undefined, undefined, 2, now)).toEqual([{ startedMs: now }, { startedMs: now }]);
  });
});
