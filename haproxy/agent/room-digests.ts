import { hash } from 'node:crypto';
import { breaths } from '../../common/breathe.ts';
import { bucketCount, bucketOf } from '../room-key/room-key.ts';

type Entries = AsyncIterable<readonly [string, string]> | Iterable<readonly [string, string]>;

const digestBytes = 6;
const digestLimit = 2 ** (8 * digestBytes);

/**
 * One number for the rooms of each bucket: equal where two sides hold the same rooms with the same values, whatever
 * their order. So that a million rooms are compared by a thousand numbers. The first entry of a key counts.
 */
export async function digestRooms(entries: Entries): Promise<{ rooms: number; digests: number[] }> {
  const digests = new Array<number>(bucketCount).fill(0);
  const seen = new Set<string>();
  const breath = breaths();
  for await (const [key, value] of entries) {
    const pause = breath();
    if (pause) await pause;
    if (seen.has(key)) continue;
    seen.add(key);
    const bucket = bucketOf(key);
    // A sum of hashes, for the order is HAProxy's own; a CRC would not tell two rooms from the same two swapped.
    const one = hash('sha1', `${key} ${value}`, 'buffer').readUIntBE(0, digestBytes);
    digests[bucket] = ((digests[bucket] ?? 0) + one) % digestLimit;
  }
  return { rooms: seen.size, digests };
}

/** The rooms of some buckets, at most `limit`; the first entry of a key counts. */
export async function roomsOfBuckets(
  entries: Entries,
  buckets: ReadonlySet<number>,
  limit: number,
): Promise<{ rooms: Map<string, string>; complete: boolean }> {
  const rooms = new Map<string, string>();
  const breath = breaths();
  for await (const [key, value] of entries) {
    const pause = breath();
    if (pause) await pause;
    if (rooms.has(key) || !buckets.has(bucketOf(key))) continue;
    if (rooms.size >= limit) return { rooms, complete: false };
    rooms.set(key, value);
  }
  return { rooms, complete: true };
}
