import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { mapNames } from '../maps/map-change.ts';
import { changesBetween } from '../maps/map-compare.ts';
import type { ProxyMaps } from '../maps/proxy-maps.ts';
import { readSnapshot } from '../stick-table/snapshot.ts';
import { desiredContent } from './desired-maps.ts';
import type { AgentDiff } from './status.ts';

/** Long enough for what is under way to arrive. */
const settleMs = 500;

/**
 * Where the agent's memory differs from the stick table in Redis, and files and HAProxy from its memory. Compared
 * twice: what is gone at the second look was only on its way. Throws when Redis or HAProxy is out of reach.
 */
export async function diffProxy(maps: ProxyMaps, redis: Redis, fleet: string): Promise<AgentDiff> {
  const first = await compare(maps, redis, fleet);
  if (first.length === 0) return [];
  await delay(settleMs);
  const again = new Set((await compare(maps, redis, fleet)).map(identity));
  return first.filter((one) => again.has(identity(one)));
}

function identity({ map, key, where }: AgentDiff[number]): string {
  return `${map} ${key} ${where}`;
}

async function compare(maps: ProxyMaps, redis: Redis, fleet: string): Promise<AgentDiff> {
  const wanted = desiredContent(await readSnapshot(redis, fleet));
  const differences: AgentDiff = [];
  for (const map of mapNames) {
    for (const { key, value } of changesBetween(map, maps.content(map), wanted[map])) {
      const found = maps.content(map).get(key) ?? null;
      differences.push({ map, key, where: 'agent', expected: value ?? null, found });
    }
  }
  for (const { map, key, where, expected, found } of await maps.drift()) {
    differences.push({ map, key, where, expected: expected ?? null, found: found ?? null });
  }
  return differences;
}
