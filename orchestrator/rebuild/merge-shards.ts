import type { KnownServer } from '../../haproxy/agent/plan-servers.ts';
import type { TableReport } from '../../haproxy/agent/table-report.ts';
import { incarnationOf, type ShardRecord, shardNameOf } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';

/** A shard that has an overlay, as this orchestrator knows it without the table. */
export interface KnownShard {
  spec: ShardSpec;
  /** Where its web answers. */
  address: ShardRecord['address'];
  /** As far as it was probed. */
  health: Pick<ShardRecord, 'observed' | 'reason'> | undefined;
}

/**
 * The records of all shards: what operators want from the overlays, lives and servers from the proxies. A shard
 * that a proxy has a slot for lives on in the same incarnation; any other begins a new one.
 */
export function mergeShards(
  reports: readonly TableReport[],
  known: readonly KnownShard[],
): Map<string, ShardRecord> {
  const slotted = latestLives(reports.flatMap(({ maps }) => [...maps.slots.keys()]));
  const named = latestLives(reports.flatMap(incarnationsIn));
  const servers = new Map(reports.flatMap((report) => report.servers.map((server) => [server.name, server])));
  let lastId = Math.max(0, ...[...servers.values()].map(({ id }) => id));
  const records = new Map<string, ShardRecord>();
  for (const shard of [...known, ...withoutOverlay(slotted, known, servers)]) {
    const { name, region, pool, desired, removing = false } = shard.spec;
    const life = slotted.get(name);
    const incarnation = life ?? (named.get(name) ?? 0) + 1;
    const server = servers.get(incarnationOf({ name, incarnation }));
    if (!server) lastId += 1;
    const admitted = life !== undefined;
    records.set(name, {
      name,
      version: 1,
      incarnation,
      serverId: server?.id ?? lastId,
      region,
      pool,
      address: shard.address,
      desired,
      ...(admitted ? (shard.health ?? asItWas) : named.has(name) ? wasOut : unknown),
      admitted,
      removing,
      removed: false,
    });
  }
  return records;
}

/** An admitted shard is as well as it was, until it is probed: nothing moves because Redis was lost. */
const asItWas = { observed: 'ready', reason: '' } as const;
/** It may have people of its former life still: as one that went down, it waits until they are gone. */
const wasOut = { observed: 'down', reason: 'was out of service when Redis was lost' } as const;
const unknown = { observed: 'provisioning', reason: '' } as const;

/** Shards that proxies serve and no overlay names: they keep their meetings, and get no new rooms. */
function withoutOverlay(
  slotted: ReadonlyMap<string, number>,
  known: readonly KnownShard[],
  servers: ReadonlyMap<string, KnownServer>,
): KnownShard[] {
  const named = new Set(known.map(({ spec }) => spec.name));
  return [...slotted].flatMap(([name, incarnation]) => {
    const server = servers.get(incarnationOf({ name, incarnation }));
    if (named.has(name) || !server) return [];
    const spec: ShardSpec = {
      name,
      region: 'unknown',
      pool: 'main',
      desired: 'draining',
      weight: 0,
      bridges: { min: 1, max: 1 },
    };
    const health = { observed: 'degraded', reason: 'no overlay names it' } as const;
    return [{ spec, address: { host: server.host, port: server.port }, health }];
  });
}

/** Every incarnation that a report names anywhere. */
function incarnationsIn({ maps, servers }: TableReport): string[] {
  const buckets = [...maps.buckets.values()].map((value) => value.replace('!', ''));
  const rooms = [...new Set(maps.rooms.values())].filter((entry) => entry !== '?');
  return [...maps.slots.keys(), ...buckets, ...rooms, ...servers.map(({ name }) => name)];
}

/** Shard name -> the highest number of its incarnations. */
function latestLives(incarnations: readonly string[]): Map<string, number> {
  const lives = new Map<string, number>();
  for (const incarnation of incarnations) {
    const name = shardNameOf(incarnation);
    lives.set(name, Math.max(lives.get(name) ?? 0, Number(incarnation.slice(name.length + 1))));
  }
  return lives;
}
