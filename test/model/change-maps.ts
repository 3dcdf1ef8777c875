import type { FeedEvent } from './feed-event.ts';
import type { Rules } from './rules.ts';
import { type Shard, shardOf } from './shards.ts';
import { isOnHold } from './table/operations.ts';
import { incarnationOf, usable } from './table/table.ts';
import type { Maps, World } from './world.ts';

/** What an event changes in a proxy's maps. */
export function changeMaps(maps: Maps, event: FeedEvent, rules: Rules): void {
  switch (event.type) {
    case 'seat':
      maps.rooms[event.room] = event.shard;
      return;
    case 'tombstone':
      maps.rooms[event.room] = rules.tombstone ? '?' : null;
      return;
    case 'deleted':
      maps.rooms[event.room] = null;
      return;
    case 'hold':
      if (maps.bucket && !maps.bucket.startsWith('!')) maps.bucket = `!${maps.bucket}` as Maps['bucket'];
      return;
    case 'prefer':
      maps.bucket = event.shard;
      return;
    case 'out':
      maps.slots[event.shard] = null;
      return;
    case 'down':
      if (event.shard) maps.bucket = event.shard;
      return;
    case 'up':
      maps.slots[shardOf(event.shard)] = event.shard;
      return;
    default:
      event satisfies never;
  }
}

/** desired-maps.ts: what the maps must hold by the table. */
export function desiredContent(world: World): Maps {
  const { table } = world;
  const slot = (shard: Shard) => (usable(table, shard) ? incarnationOf(table, shard) : null);
  const preferred = table.preference && incarnationOf(table, table.preference);
  return {
    rooms: table.placements.map((placement) =>
      placement?.state === 'retiring' ? '?' : (placement?.shard ?? null),
    ),
    bucket: preferred && isOnHold(world) ? `!${preferred}` : preferred,
    slots: { a: slot('a'), b: slot('b') },
  };
}
