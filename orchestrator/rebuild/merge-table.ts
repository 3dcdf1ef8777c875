import type { TableReport } from '../../haproxy/agent/table-report.ts';
import { incarnationOf, type ShardRecord, shardNameOf } from '../../haproxy/stick-table/records.ts';
import { type KnownShard, mergeShards } from './merge-shards.ts';

/** All that is left of a lost table. */
export interface RebuildView {
  /** Of every proxy. */
  reports: readonly TableReport[];
  /** Shard name -> its live rooms with their participants, begun after the last report. */
  censuses: ReadonlyMap<string, ReadonlyMap<string, number>>;
  shards: readonly KnownShard[];
}

/** The table as it must have been. */
export interface RebuiltTable {
  shards: Map<string, ShardRecord>;
  /** `pool/bucket` -> shard name */
  preferences: Map<string, string>;
  tenants: Map<string, string>;
  rooms: Map<string, { shard: string; state: 'live' | 'claimed' }>;
  /** What does not fit together, in plain words: signs of a second fault. */
  doubts: string[];
}

/** Puts the table together again (protocol.md, "Redis lost or failed over"). */
export function mergeTable(view: RebuildView): RebuiltTable {
  const doubts: string[] = [];
  const shards = mergeShards(view.reports, view.shards);
  return {
    shards,
    preferences: mergePreferences(view.reports, shards, doubts),
    tenants: new Map(view.reports.flatMap(({ maps }) => [...maps.tenants])),
    rooms: mergeRooms(view, shards, doubts),
    doubts,
  };
}

/** The value that is not on hold, else the one named in `!s`: see "Bucket move". */
function mergePreferences(
  reports: readonly TableReport[],
  shards: ReadonlyMap<string, ShardRecord>,
  doubts: string[],
): Map<string, string> {
  const preferences = new Map<string, string>();
  const sure = new Set<string>();
  for (const { maps, proxy } of reports) {
    for (const [bucket, value] of maps.buckets) {
      const held = value.startsWith('!');
      const name = shardNameOf(held ? value.slice(1) : value);
      const before = preferences.get(bucket);
      if (!shards.has(name) || (held && before !== undefined)) continue;
      if (sure.has(bucket) && before !== name) {
        doubts.push(`bucket ${bucket} prefers ${before} on one proxy and ${name} on ${proxy}`);
        continue;
      }
      preferences.set(bucket, name);
      if (!held) sure.add(bucket);
    }
  }
  return preferences;
}

/** Census over map over answers: who is seen in a room is surer than where the room was sent. */
function mergeRooms(
  { reports, censuses }: RebuildView,
  shards: ReadonlyMap<string, ShardRecord>,
  doubts: string[],
): RebuiltTable['rooms'] {
  const living = new Set([...shards.values()].filter(({ admitted }) => admitted).map(incarnationOf));
  const rooms: RebuiltTable['rooms'] = new Map();
  const claimed = [...reports.map(({ answers }) => answers), ...reports.map(({ maps }) => maps.rooms)];
  for (const entries of claimed) {
    for (const [room, shard] of entries) {
      if (living.has(shard)) rooms.set(room, { shard, state: 'claimed' });
    }
  }
  const crowds = new Map<string, number>();
  for (const [name, census] of censuses) {
    const record = shards.get(name);
    if (!record?.admitted) continue;
    for (const [room, participants] of census) {
      const crowd = crowds.get(room);
      if (crowd !== undefined)
        doubts.push(`room ${room} is live on ${rooms.get(room)?.shard} and on ${name}`);
      if (crowd === undefined || participants > crowd) {
        rooms.set(room, { shard: incarnationOf(record), state: 'live' });
        crowds.set(room, participants);
      }
    }
  }
  return rooms;
}
