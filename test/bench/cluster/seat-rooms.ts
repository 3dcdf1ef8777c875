import { bucketOf, joinRoomKey } from '../../../haproxy/room-key/room-key.ts';
import type { RedisConnection } from '../../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { fleetName } from './orchestrator-process.ts';
import { shardName } from './shard-objects.ts';
import { roomsOfShard, type ShardParts } from './shard-parts.ts';

/** Lets meetings begin on every shard, in buckets that prefer it: there the orchestrator adopts what censuses show. */
export async function seatRooms(
  parts: ShardParts,
  { redis }: RedisConnection,
  shards: number,
): Promise<void> {
  const preferences = await redis.hgetall(redisKey(fleetName, 'preferences'));
  const rooms = new Map(Array.from({ length: shards }, (_, index) => [shardName(index + 1), [] as string[]]));
  let missing = shards * roomsOfShard;
  for (let number = 0; missing > 0; number += 1) {
    const room = `meeting-${number}`;
    const seated = rooms.get(preferences[`main/${bucketOf(joinRoomKey('', room))}`] ?? '');
    if (!seated || seated.length === roomsOfShard) continue;
    seated.push(room);
    missing -= 1;
  }
  for (let number = 1; number <= shards; number += 1) parts.seat(number, rooms.get(shardName(number)) ?? []);
}
