import { Redis } from 'ioredis';
import type { UsherApi } from '../../cli/api/usher-api.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { fleetPaths, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import type { ChaosFleet } from './fleet.ts';

/** What faults are done to. */
export interface World extends ChaosFleet {
  readonly api: UsherApi;
  /** Aborts when the run is called off. */
  readonly signal: AbortSignal;
}

/** The fleet file's proxies by name. */
export function proxyNames({ running }: Pick<ChaosFleet, 'running'>): string[] {
  return running.fleet.proxies.map(({ name }: Fleet['proxies'][number]) => name);
}

/** The folder of a proxy: its configuration, maps and sockets. */
export function folderOf({ running }: Pick<ChaosFleet, 'running'>, proxy: string): string {
  return proxyDirectory(fleetPaths(running.state), proxy);
}

/** Shards that were admitted and are not on their way out. */
export async function shardNames({ api }: World): Promise<string[]> {
  const shards = await api.shards();
  return shards.flatMap(({ name, admitted, removing }) => (admitted && !removing ? name : []));
}

/** Works with Redis past all links. */
export async function withRedis<T>({ primary }: World, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ ...(await primary()), maxRetriesPerRequest: 3 });
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
