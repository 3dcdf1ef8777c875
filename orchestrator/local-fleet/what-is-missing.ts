import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { FleetStatus } from '../api/schema/fleet.ts';
import type { Fleet } from '../fleet/schema.ts';

/**
 * In plain words, the first thing that still keeps the fleet from seating rooms; undefined when nothing does.
 * `status` is undefined while the API does not answer.
 */
export function whatIsMissing(
  status: FleetStatus | undefined,
  fleet: Pick<Fleet, 'proxies'>,
  shards: readonly ShardSpec[],
): string | undefined {
  if (status === undefined) return 'the orchestrator does not answer yet';
  if (!status.redis.ok) return `waiting for Redis: ${status.redis.reason}`;
  const away = status.orchestrators.filter(({ state }) => state === 'away');
  if (away.length > 0) return `waiting for orchestrators: ${away.map(({ api }) => api).join(', ')}`;
  const waiting = shards.flatMap(({ name }) => {
    const shard = status.shards.find((one) => one.name === name);
    if (shard?.admitted && shard.observed === 'ready') return [];
    return name;
  });
  if (waiting.length > 0) return `waiting for shards: ${waiting.join(', ')}`;
  const unspread = poolsOf(shards).filter((pool) => bucketsIn(status, pool) < bucketCount);
  if (unspread.length > 0) return `waiting for the buckets of pool ${unspread.join(', ')} to be spread`;
  const behind = fleet.proxies.filter(
    ({ name }) => !status.proxies.some((one) => one.name === name && one.inStep && one.haproxy),
  );
  if (behind.length > 0) return `waiting for proxies: ${behind.map(({ name }) => name).join(', ')}`;
  return undefined;
}

/** Why shards are not well, by their own words; for when waiting was in vain. */
export function complaintsOf(status: FleetStatus | undefined): string[] {
  return (status?.shards ?? []).flatMap(({ name, reason }) => (reason === '' ? [] : `${name}: ${reason}`));
}

/** Pools with a shard that takes new rooms. */
function poolsOf(shards: readonly ShardSpec[]): string[] {
  return [...new Set(shards.filter(({ desired }) => desired === 'active').map(({ pool }) => pool))];
}

function bucketsIn(status: FleetStatus, pool: string): number {
  return status.shards.filter((shard) => shard.pool === pool).reduce((sum, { buckets }) => sum + buckets, 0);
}
