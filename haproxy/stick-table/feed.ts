import type { Redis } from 'ioredis';
import type { Logger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import { defineCommands, runCommand } from './commands.ts';
import type { RedisConnection } from './connection.ts';
import { type FeedEntry, parseFeedEntry } from './events.ts';
import { redisKey } from './keys.ts';
import type { StickTableMirror } from './mirror.ts';
import { readSnapshot } from './snapshot.ts';

/** Who follows the feed. Both may take their time: the next batch waits, and comes in one piece. */
export interface FeedFollower {
  /** The whole table anew, as of `position`: at first, and whenever the feed has a gap. */
  reset(mirror: StickTableMirror, position: string): Promise<void>;
  /** What came since, in order; `mirror` has it already. */
  advance(entries: readonly FeedEntry[], mirror: StickTableMirror): Promise<void>;
  /** Asked every second at least: true when what was given is found to be wrong, and the whole table is wanted. */
  wantsReset?(): boolean;
  /** This Redis is not blessed: nothing that came before is under way any more, and nothing comes until it is. */
  unblessed?(runId: string): void;
}

const batch = 1_000;

/**
 * Follows the fleet's change feed until `signal` aborts: resumes where it was after a lost connection, and reads
 * the whole table when the feed no longer holds its position or Redis is another one.
 */
export async function followFeed(
  connection: RedisConnection,
  fleet: string,
  follower: FeedFollower,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  defineCommands(connection.redis);
  const stream = redisKey(fleet, 'feed');
  let state: { mirror: StickTableMirror; position: string; runId: string } | undefined;
  while (!signal.aborted) {
    const runId = connection.runId();
    if (runId === undefined) {
      await sleep(50, signal);
      continue;
    }
    try {
      if (follower.wantsReset?.()) state = undefined;
      if (!state || state.runId !== runId) {
        const read = await readWhole(connection, fleet, runId);
        if (!read) {
          follower.unblessed?.(runId);
          await sleep(100, signal);
          continue;
        }
        state = { ...read, runId };
        await follower.reset(state.mirror, state.position);
      }
      const entries = await readEntries(connection.redis, stream, state.position);
      // Asked when nothing came, too: of an emptied Redis nothing ever will.
      if (!(await holds(connection.redis, stream, state.position))) {
        log.warn({ position: state.position }, 'change feed has a gap: reading the whole table');
        state = undefined;
        continue;
      }
      if (entries.length === 0) continue;
      for (const { event } of entries) state.mirror.apply(event);
      state.position = entries.at(-1)?.id ?? state.position;
      await follower.advance(entries, state.mirror);
    } catch (error) {
      if (signal.aborted) return;
      if (connection.runId() === runId) {
        log.error({ error: String(error) }, 'change feed could not be followed: reading the whole table');
        state = undefined;
      }
      await sleep(100, signal);
    }
  }
}

/**
 * Does the feed still hold the entry at `position`? Asked after reading what follows it, so that nothing can have
 * been trimmed in between unseen.
 */
async function holds(redis: Redis, stream: string, position: string): Promise<boolean> {
  return (await redis.xrange(stream, position, position)).length === 1;
}

/** Undefined while this Redis is not blessed, or when it was emptied meanwhile: what it holds is not to be trusted. */
async function readWhole(
  connection: RedisConnection,
  fleet: string,
  runId: string,
): Promise<{ mirror: StickTableMirror; position: string } | undefined> {
  const { redis } = connection;
  const stream = redisKey(fleet, 'feed');
  // A feed that was trimmed to nothing has no position to begin at.
  if (!(await runCommand(redis, fleet, 'mark', [runId])).ok) return undefined;
  const begin = await feedEnd(redis, fleet);
  if (begin === undefined) return undefined;
  const mirror = await readSnapshot(redis, fleet);
  let position = begin;
  const end = await feedEnd(redis, fleet);
  while (position !== end && end !== undefined) {
    const entries = await readEntries(redis, stream, position);
    if (entries.length === 0) break;
    for (const { event } of entries) mirror.apply(event);
    position = entries.at(-1)?.id ?? position;
    if (!isBefore(position, end)) break;
  }
  return (await holds(redis, stream, begin)) ? { mirror, position } : undefined;
}

/** The id of the feed's last entry; undefined when it has none. */
export async function feedEnd(redis: Redis, fleet: string): Promise<string | undefined> {
  return (await redis.xrevrange(redisKey(fleet, 'feed'), '+', '-', 'COUNT', 1))[0]?.[0];
}

/** Does a stream hold the entry `a` before the entry `b`? */
export function isBefore(a: string, b: string): boolean {
  const [aMs = 0, aSeq = 0] = a.split('-').map(Number);
  const [bMs = 0, bSeq = 0] = b.split('-').map(Number);
  return aMs < bMs || (aMs === bMs && aSeq < bSeq);
}

async function readEntries(redis: Redis, stream: string, position: string): Promise<FeedEntry[]> {
  const answer = await redis.xread('COUNT', batch, 'BLOCK', 1_000, 'STREAMS', stream, position);
  const entries = answer?.[0]?.[1] ?? [];
  return entries.map(([id, fields]) => parseFeedEntry(id, fields));
}
