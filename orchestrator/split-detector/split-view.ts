import { tombstone } from '../../haproxy/agent/desired-maps.ts';
import { bucketOf } from '../../haproxy/room-key/room-key.ts';
import type { Placement } from '../../haproxy/stick-table/placement.ts';
import type { CensusReading } from '../rooms/census.ts';

/** What a running HAProxy holds of the rooms in the buckets in which it differs from the table. */
export interface ProxyReading {
  /** Incarnations whose rooms it serves. */
  slots: ReadonlySet<string>;
  /** Buckets that were read; in all others it holds what the table says. */
  buckets: ReadonlySet<number>;
  /** Room key -> incarnation or `?`. */
  rooms: ReadonlyMap<string, string>;
}

/** The last two fresh readings of a shard's census, newest last. */
export type CensusPair = readonly [CensusReading, CensusReading];

/** All that is compared, at one moment as nearly as can be. */
export interface SplitView {
  rooms: ReadonlyMap<string, Placement>;
  /** Rooms that keep their seat though nobody is there: pinned. */
  kept: ReadonlySet<string>;
  /** Present incarnations, and whether they may have rooms: those admitted may. */
  shards: ReadonlyMap<string, { admitted: boolean }>;
  /** By name; a proxy that could not be read is missing. */
  proxies: ReadonlyMap<string, ProxyReading>;
  /** By incarnation; a shard without two fresh readings is missing. */
  censuses: ReadonlyMap<string, CensusPair>;
}

/** One shard that shows a room in both of its readings. */
export interface Showing {
  shard: string;
  /** By the last reading. */
  participants: number;
  /** People in both readings. */
  peopled: boolean;
}

/** Who shows the room. */
export function showingsOf(view: SplitView, room: string): Showing[] {
  return [...view.censuses].flatMap(([shard, [before, last]]) => {
    const participants = last.rooms.get(room);
    const earlier = before.rooms.get(room);
    if (participants === undefined || earlier === undefined) return [];
    return [{ shard, participants, peopled: participants > 0 && earlier > 0 }];
  });
}

/** What a proxy must hold of a room. */
export function tableEntry(placement: Placement | undefined): string | undefined {
  return placement && (placement.state === 'retiring' ? tombstone : placement.shard);
}

/** What a proxy holds of a room. */
export function proxyEntry(view: SplitView, proxy: ProxyReading, room: string): string | undefined {
  if (proxy.buckets.has(bucketOf(room))) return proxy.rooms.get(room);
  return tableEntry(view.rooms.get(room));
}
