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

/** @param censusesToBeSure how many empty censuses in a row it takes */
export function drainStatus(
  shard: ShardRecord,
  mirror: StickTableMirror,
  censuses: CensusBook,
  censusesToBeSure: number,
): DrainStatus {
  const incarnation = incarnationOf(shard);
  let rooms = 0;
  for (const placement of mirror.rooms.values()) if (placement.shard === incarnation) rooms += 1;
  let buckets = 0;
  for (const preferred of mirror.preferences.values()) if (preferred === shard.name) buckets += 1;
  // While any move is open, a proxy may still carry this shard as the old preference.
  const settled = buckets === 0 && mirror.moves.size === 0;
  const census = censuses.latest().get(incarnation);
  return {
    rooms,
    participants: census && [...census.rooms.values()].reduce((sum, count) => sum + count, 0),
    buckets,
    drained: settled && rooms === 0 && censuses.emptyFor(incarnation, censusesToBeSure),
  };
}
