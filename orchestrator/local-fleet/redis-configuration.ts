import type { Address } from '../../haproxy/config/address.ts';
import { quorumOf } from '../../haproxy/stick-table/sentinels.ts';
import type { RedisSettings } from '../../haproxy/stick-table/settings.ts';
import type { OwnRedis } from './own-redis.ts';
import type { RedisServer } from './redis-servers.ts';

/**
 * The configuration of one node, a replica of `primary` if that is given. No persistence: after a restart the
 * table is rebuilt from the fleet, never from a file that may be old.
 */
export function redisConfiguration(own: OwnRedis, node: RedisServer, primary?: Address): string {
  return lines([
    ...listenOn(node),
    'save ""',
    'appendonly no',
    // Better no new rooms than a table with holes.
    'maxmemory-policy noeviction',
    ...(own.password === '' ? [] : [`requirepass ${quote(own.password)}`]),
    ...(own.nodes.length > 1 ? replication(own, node) : []),
    ...(primary ? [`replicaof ${primary.host} ${primary.port}`] : []),
  ]);
}

/** A primary that no replica has heard of for 2 s takes no writes: another one may be primary by then. */
function replication(own: OwnRedis, { address }: RedisServer): string[] {
  return [
    'min-replicas-to-write 1',
    'min-replicas-max-lag 2',
    // By its own address, whichever of this machine's it connects from.
    `replica-announce-ip ${address.host}`,
    // Nobody waits for further replicas that might share the transfer.
    'repl-diskless-sync-delay 0',
    // Its replication id, by which clients know it, stays while it is primary, however long it has no replica.
    'repl-backlog-ttl 0',
    ...(own.password === '' ? [] : [`masterauth ${quote(own.password)}`]),
  ];
}

/** What a Sentinel starts from; it adds what it learns to its file. Values: architecture.md, "Redis". */
export function sentinelConfiguration(
  own: OwnRedis,
  { primary, sentinelPassword }: RedisSettings,
  sentinel: RedisServer,
): string {
  const [first] = own.nodes;
  return lines([
    ...listenOn(sentinel),
    `sentinel announce-ip ${sentinel.address.host}`,
    `sentinel monitor ${primary} ${first?.host} ${first?.port} ${quorumOf(own.sentinels.length)}`,
    // Less brought failovers that nobody needed.
    `sentinel down-after-milliseconds ${primary} 2000`,
    `sentinel failover-timeout ${primary} 10000`,
    `sentinel parallel-syncs ${primary} ${own.nodes.length - 1}`,
    ...(own.password === '' ? [] : [`sentinel auth-pass ${primary} ${quote(own.password)}`]),
    ...(sentinelPassword === undefined
      ? []
      : [`requirepass ${quote(sentinelPassword)}`, `sentinel sentinel-pass ${quote(sentinelPassword)}`]),
  ]);
}

function listenOn({ address, directory }: RedisServer): string[] {
  return [`bind ${address.host}`, `port ${address.port}`, `dir ${quote(directory)}`];
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
