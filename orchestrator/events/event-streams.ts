import type { Redis } from 'ioredis';
import { isBefore } from '../../haproxy/stick-table/feed.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';

/** The two streams that events are read from: decisions, and the lives of rooms. */
export type Source = 'audit' | 'feed';

/** How far each stream was read: the id of the last entry, `0-0` for none. */
export type Positions = Record<Source, string>;

/** One entry of a Redis stream. */
export interface StreamEntry {
  source: Source;
  id: string;
  fields: string[];
}

const batch = 1_000;
const nowhere = '0-0';

/** Where both streams end now. */
export async function readEnds(redis: Redis, fleet: string): Promise<Positions> {
  const end = async (source: Source) =>
    (await redis.xrevrange(redisKey(fleet, source), '+', '-', 'COUNT', 1))[0]?.[0] ?? nowhere;
  const [audit, feed] = await Promise.all([end('audit'), end('feed')]);
  return { audit, feed };
}

/** What follows `positions` in both streams, by time; nobody knows the order within a millisecond. */
export function readForward(redis: Redis, fleet: string, positions: Positions): AsyncGenerator<StreamEntry> {
  const read = (source: Source) =>
    readOne(source, positions[source], (from) =>
      redis.xrange(redisKey(fleet, source), `(${from}`, '+', 'COUNT', batch),
    );
  return merge(read('audit'), read('feed'), ({ id }, other) => !isBefore(other.id, id));
}

/** Both streams from `ends` back to their beginnings, the latest first. */
export function readBackward(redis: Redis, fleet: string, ends: Positions): AsyncGenerator<StreamEntry> {
  const read = (source: Source) =>
    readOne(source, ends[source], (from, isFirst) =>
      redis.xrevrange(redisKey(fleet, source), isFirst ? from : `(${from}`, '-', 'COUNT', batch),
    );
  return merge(read('audit'), read('feed'), ({ id }, other) => isBefore(other.id, id));
}

async function* readOne(
  source: Source,
  start: string,
  readFrom: (from: string, isFirst: boolean) => Promise<[string, string[]][]>,
): AsyncGenerator<StreamEntry> {
  let from = start;
  for (let isFirst = true; ; isFirst = false) {
    const entries = await readFrom(from, isFirst);
    for (const [id, fields] of entries) yield { source, id, fields };
    if (entries.length < batch) return;
    from = entries.at(-1)?.[0] ?? from;
  }
}

/** Two sequences as one; each stays in its own order. */
async function* merge<T>(
  one: AsyncGenerator<T>,
  other: AsyncGenerator<T>,
  isFirst: (a: T, b: T) => boolean,
): AsyncGenerator<T> {
  let [a, b] = await Promise.all([one.next(), other.next()]);
  while (!a.done && !b.done) {
    if (isFirst(a.value, b.value)) {
      yield a.value;
      a = await one.next();
    } else {
      yield b.value;
      b = await other.next();
    }
  }
  for (; !a.done; a = await one.next()) yield a.value;
  for (; !b.done; b = await other.next()) yield b.value;
}
