import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { CensusBook } from '../rooms/census-book.ts';

/** How far a shard is from being empty. */
export interface DrainStatus {
  /** Rooms that the table seats on it, those that are about to end included. */
  rooms: number;
  /** By its last census; undefined when there is none. */
  participants: number | undefined;
  /** Buckets that prefer it. */
  buckets: number;
  /** Nobody is on it and nobody can come: by the table and by several censuses. */
  drained: boolean;
}

/**
 * What tells of any shard, as of now, how far it is from being empty: one pass over the table for all of them.
 *
 * @param censusesToBeSure how many empty censuses in a row it takes
 */
export function drainStatuses(
  mirror: StickTableMirror,
  censuses: CensusBook,
  censusesToBeSure: number,
): (shard: ShardRecord) => DrainStatus {
  const roomsOf = new Map<string, number>();
  for (const { shard } of mirror.rooms.values()) roomsOf.set(shard, (roomsOf.get(shard) ?? 0) + 1);
  const bucketsOf = new Map<string, number>();
  for (const name of mirror.preferences.values()) bucketsOf.set(name, (bucketsOf.get(name) ?? 0) + 1);
  const latest = censuses.latest();
  return (shard) => {
    const incarnation = incarnationOf(shard);
    const rooms = roomsOf.get(incarnation) ?? 0;
    const buckets = bucketsOf.get(shard.name) ?? 0;
    // While any move is open, a proxy may still carry this shard as the old preference.
    const settled = buckets === 0 && mirror.moves.size === 0;
    const census = latest.get(incarnation);
    return {
      rooms,
      participants: census && [...census.rooms.values()].reduce((sum, count) => sum + count, 0),
      buckets,
      drained: settled && rooms === 0 && censuses.emptyFor(incarnation, censusesToBeSure),
    };
  };
}
