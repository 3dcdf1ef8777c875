import { openMove } from './table/operations.ts';
import { mapsOf, type World } from './world.ts';

/** What must hold in every world; the sentence says what does not. */
export type Invariant = (world: World) => string | undefined;

/** No room is on two shards. */
export function noSplitRoom({ participants }: World): string | undefined {
  const shards = new Map<number, string>();
  for (const participant of participants) {
    if (participant.at !== 'meeting') continue;
    const known = shards.get(participant.room);
    if (known && known !== participant.shard) return 'a room is split';
    shards.set(participant.room, participant.shard);
  }
  return undefined;
}

/** The table places no room elsewhere than where its people are. */
export function tableMovesNoLiveRoom({ participants, table }: World): string | undefined {
  for (const participant of participants) {
    if (participant.at !== 'meeting') continue;
    const placement = table.placements[participant.room];
    if (placement && placement.shard !== participant.shard) return 'the table moved a live room';
  }
  return undefined;
}

/** J: where a proxy may fall back, every placement on another shard has an entry. */
export function fallbackAgrees({ proxies, table }: World): string | undefined {
  for (const proxy of proxies) {
    const { bucket, rooms } = mapsOf(proxy);
    if (bucket !== 'a' && bucket !== 'b') continue;
    for (const [room, placement] of table.placements.entries()) {
      if (placement && placement.shard !== bucket && rooms[room] === null) return 'J is broken';
    }
  }
  return undefined;
}

/** Once a move away from a shard is finished, no proxy gives that shard new rooms. */
export function drainedShardGetsNobody(world: World): string | undefined {
  if (openMove(world)) return undefined;
  const old = world.table.preference === 'a' ? 'b' : 'a';
  if (world.proxies.some((proxy) => mapsOf(proxy).bucket === old))
    return 'a proxy still falls back to a drained shard';
  return undefined;
}

/** All of them. */
export const invariants: readonly Invariant[] = [
  noSplitRoom,
  tableMovesNoLiveRoom,
  fallbackAgrees,
  drainedShardGetsNobody,
];
