import { describe, expect, it } from 'vitest';
import { binOf } from './age-bins.ts';
import { type DatedCensus, type FollowedRooms, followRooms } from './follow-rooms.ts';
import { LifetimeCounter } from './lifetimes.ts';

const minuteMs = 60_000;
const start = 1_000 * minuteMs;

/** What is counted over these censuses, a minute apart. */
function countOver(...censuses: Record<string, number | undefined>[]) {
  return countAt(censuses.map((rooms, minute) => ({ minute, rooms })));
}

/** Creation times are given in minutes, by the same clock as the censuses. */
function countAt(censuses: { minute: number; rooms: Record<string, number | undefined> }[]) {
  const counter = new LifetimeCounter();
  let followed: FollowedRooms | undefined;
  for (const { minute, rooms } of censuses) {
    const dated = Object.entries(rooms).map(
      ([room, created]) => [room, created === undefined ? undefined : start + created * minuteMs] as const,
    );
    const census: DatedCensus = { at: start + minute * minuteMs, rooms: new Map(dated) };
    followed = followRooms(followed, census, counter);
  }
  const { ended, livedMs } = counter.counts();
  return {
    ended: ended.reduce((sum, count) => sum + count, 0),
    livedMinutes: livedMs.reduce((sum, ms) => sum + ms, 0) / minuteMs,
    endedAt: ended.findIndex((count) => count > 0),
  };
}

describe('followRooms', () => {
  it('counts an end halfway between the censuses, at the age by its creation', () => {
    expect(countOver({ a: -20 }, { a: -20 }, {})).toEqual({
      ended: 1,
      livedMinutes: 1.5,
      endedAt: binOf(21.4 * minuteMs),
    });
  });

  it('dates a room without creation time by its first showing', () => {
    expect(countOver({}, { a: undefined }, { a: undefined }, {})).toMatchObject({
      ended: 1,
      livedMinutes: 1.5,
    });
  });

  it.each<[string, Parameters<typeof countOver>]>([
    ['rooms that were there before and say nothing', [{ a: undefined }, { a: undefined }, {}]],
    ['the first census', [{ a: -20 }]],
    ['no rooms', [{}, {}]],
  ])('says nothing of %s', (_what, censuses) => {
    expect(countOver(...censuses)).toMatchObject({ ended: 0, livedMinutes: 0 });
  });

  it('takes a room of the same name that began later for another', () => {
    expect(countOver({ a: -20 }, { a: 0.5 }, { a: 0.5 })).toMatchObject({ ended: 1, livedMinutes: 0.5 + 1 });
  });

  it('says nothing over a gap, and goes on after it', () => {
    const rooms = { a: -20 };
    const after = [
      { minute: 0, rooms },
      { minute: 10, rooms },
      { minute: 11, rooms },
      { minute: 30, rooms: {} },
    ];
    expect(countAt(after)).toMatchObject({ ended: 0, livedMinutes: 1 });
  });

  it('takes rooms that are gone all at once for cut', () => {
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`r${index}`, -20]));
    expect(countOver(ten, {})).toMatchObject({ ended: 0 });
    const nine = Object.fromEntries(Object.entries(ten).slice(1));
    expect(countOver(nine, {})).toMatchObject({ ended: 9 });
  });

  it('takes a clock that is ahead for one that is not', () => {
    expect(countOver({ a: 5 }, { a: 5 }, {})).toMatchObject({ ended: 1, endedAt: 0 });
  });
});
