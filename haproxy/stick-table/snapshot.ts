import type { Redis } from 'ioredis';
import { redisKey } from './keys.ts';
import { StickTableMirror } from './mirror.ts';
import { parsePlacement } from './placement.ts';
import { operationRecord, parseMove, shardRecord } from './records.ts';

/**
 * Reads the whole table. What changes meanwhile may or may not be in it: note the feed's position before, and
 * replay from there.
 */
export async function readSnapshot(redis: Redis, fleet: string): Promise<StickTableMirror> {
  const mirror = new StickTableMirror();
  const hash = (key: Parameters<typeof redisKey>[1]) => redis.hgetall(redisKey(fleet, key));
  const [preferences, moves, shards, tenants, operations] = await Promise.all([
    hash('preferences'),
    hash('moves'),
    hash('shards'),
    hash('tenants'),
    hash('operations'),
  ]);
  for (const [bucket, shard] of Object.entries(preferences)) mirror.preferences.set(bucket, shard);
  for (const [tenant, pool] of Object.entries(tenants)) mirror.tenants.set(tenant, pool);
  for (const [bucket, value] of Object.entries(moves)) {
    const move = parseMove(value);
    if (move) mirror.moves.set(bucket, move);
  }
  for (const [name, json] of Object.entries(shards)) {
    mirror.shards.set(name, shardRecord.parse(JSON.parse(json)));
  }
  for (const [id, json] of Object.entries(operations)) {
    const { phase, subject } = operationRecord.parse(JSON.parse(json));
    mirror.operations.set(id, phase);
    if (subject !== undefined) mirror.subjects.set(id, subject);
  }
  for await (const [room, value] of scanRooms(redis, fleet)) {
    const placement = parsePlacement(value);
    if (placement) mirror.rooms.set(room, placement);
  }
  return mirror;
}

async function* scanRooms(redis: Redis, fleet: string): AsyncGenerator<[string, string]> {
  let cursor = '0';
  do {
    const [next, flat] = await redis.hscan(redisKey(fleet, 'rooms'), cursor, 'COUNT', 5_000);
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const [room, value] = [flat[i], flat[i + 1]];
      if (room !== undefined && value !== undefined) yield [room, value];
    }
    cursor = next;
  } while (cursor !== '0');
}
