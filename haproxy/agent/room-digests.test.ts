import { describe, expect, it } from 'vitest';
import { bucketOf } from '../room-key/room-key.ts';
import { digestRooms, roomsOfBuckets } from './room-digests.ts';

/** Rooms of one bucket, so that their values can be swapped within it. */
const sameBucket = Array.from({ length: 20_000 }, (_, i) => `/r${10_000 + i}`).filter(
  (room) => bucketOf(room) === bucketOf('/r10000'),
);
const [one = '', two = ''] = sameBucket;
const digestOf = async (...entries: [string, string][]) =>
  (await digestRooms(entries)).digests[bucketOf(one)];

describe('digestRooms', () => {
  it('is the same in any order, and takes the first entry of a key as HAProxy does', async () => {
    const digest = await digestOf([one, 'a.1'], [two, 'b.1']);
    expect(await digestOf([two, 'b.1'], [one, 'a.1'])).toBe(digest);
    expect(await digestOf([one, 'a.1'], [two, 'b.1'], [one, '?'])).toBe(digest);
    expect(await digestOf([one, '?'], [two, 'b.1'], [one, 'a.1'])).not.toBe(digest);
  });

  it('tells a room that is missing, another value, and two values that are swapped', async () => {
    const digest = await digestOf([one, 'a.1'], [two, 'b.1']);
    expect(await digestOf([one, 'a.1'])).not.toBe(digest);
    expect(await digestOf([one, 'a.1'], [two, 'b.2'])).not.toBe(digest);
    expect(await digestOf([one, 'b.1'], [two, 'a.1'])).not.toBe(digest);
  });

  it('keeps buckets apart', async () => {
    const { rooms, digests } = await digestRooms([[one, 'a.1']]);
    expect(rooms).toBe(1);
    expect(digests.filter((digest) => digest !== 0)).toHaveLength(1);
    expect(digests).toHaveLength(1024);
  });
});

describe('roomsOfBuckets', () => {
  it('gives the rooms of the buckets that are asked for, and says when there are more', async () => {
    const entries: [string, string][] = [
      ['/elsewhere', 'a.1'],
      [one, 'a.1'],
      [two, 'b.1'],
    ];
    const buckets = new Set([bucketOf(one)]);
    const both = new Map([
      [one, 'a.1'],
      [two, 'b.1'],
    ]);
    expect(await roomsOfBuckets(entries, buckets, 2)).toEqual({ rooms: both, complete: true });
    expect(await roomsOfBuckets(entries, buckets, 1)).toMatchObject({ complete: false });
  });
});
