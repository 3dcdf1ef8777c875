import { allRules } from './rules.ts';
import { type Shard, shardOf } from './shards.ts';
import { holds } from './table/rooms.ts';
import { incarnationOf } from './table/table.ts';
import { mapsOf, resolve, type World, workersOf } from './world.ts';

/** What must hold in every world; the sentence says what does not. */
export type Invariant = (world: World) => string | undefined;

/** No room is on two shards. */
export function noSplitRoom({ participants }: World): string | undefined {
  const shards = new Map<number, Shard>();
  for (const participant of participants) {
    if (participant.at !== 'meeting') continue;
    const known = shards.get(participant.room);
    if (known && known !== participant.shard) return 'a room is split';
    shards.set(participant.room, participant.shard);
  }
  return undefined;
}

/** A table that is trusted places no room elsewhere than where its people are. */
export function tableMovesNoLiveRoom({ participants, table }: World): string | undefined {
  if (!table.blessed) return undefined;
  for (const participant of participants) {
    if (participant.at !== 'meeting') continue;
    const placement = table.placements[participant.room];
    if (placement && holds(table, placement, allRules) && shardOf(placement.shard) !== participant.shard)
      return 'the table moved a live room';
  }
  return undefined;
}

/** J: where a proxy may fall back to a shard that is there, every placement on another one has an entry. */
export function fallbackAgrees(world: World): string | undefined {
  const { table } = world;
  if (!table.blessed) return undefined;
  for (const worker of workersOf(world)) {
    const maps = mapsOf(world, worker);
    const fallback = resolve(maps, maps.bucket);
    if (!fallback || world.prosodies[shardOf(fallback)].state === 'gone') continue;
    for (const [room, placement] of table.placements.entries()) {
      if (!placement || placement.shard === fallback || maps.rooms[room] !== null) continue;
      if (holds(table, placement, allRules)) return 'J is broken';
    }
  }
  return undefined;
}

/** Once a move away from a shard is finished, no proxy gives that shard new rooms. */
export function drainedShardGetsNobody(world: World): string | undefined {
  const { preference, operations, blessed } = world.table;
  if (!blessed || !preference || operations.some(({ kind }) => kind === 'move' || kind === 'shard-down')) {
    return undefined;
  }
  for (const worker of workersOf(world)) {
    const maps = mapsOf(world, worker);
    const fallback = resolve(maps, maps.bucket);
    if (fallback && fallback !== incarnationOf(world.table, preference))
      return 'a proxy still falls back to a drained shard';
  }
  return undefined;
}

/** Nobody is in a meeting on a shard that was removed. */
export function removedShardIsEmpty({ participants, table }: World): string | undefined {
  for (const participant of participants) {
    if (participant.at === 'meeting' && table.shards[participant.shard].removed)
      return 'a meeting is cut by a removal';
  }
  return undefined;
}

/** All of them. */
export const invariants: readonly Invariant[] = [
  noSplitRoom,
  tableMovesNoLiveRoom,
  fallbackAgrees,
  drainedShardGetsNobody,
  removedShardIsEmpty,
];
