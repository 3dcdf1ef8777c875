import type { Address } from '../../haproxy/config/address.ts';
import { isLoopback } from '../fleet/collide.ts';
import type { Fleet } from '../fleet/schema.ts';

/** Where a fleet's own Redis listens; undefined when its settings name a Redis that others run. */
export function ownRedisAddress({ redis }: Pick<Fleet, 'redis'>): Address | undefined {
  if (redis.url === undefined) return undefined;
  const { protocol, hostname, port, username } = new URL(redis.url);
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  const plain = protocol === 'redis:' && !redis.tls && username === '' && redis.username === undefined;
  return plain && isLoopback(address) ? address : undefined;
}

/**
 * The configuration of a fleet's own Redis, which works in `directory`. No persistence: after a restart the table
 * is rebuilt from the fleet, never from a file that may be old.
 */
export function redisConfiguration({ host, port }: Address, password: string, directory: string): string {
  return [
    `bind ${host === 'localhost' ? '127.0.0.1' : host}`,
    `port ${port}`,
    `dir ${JSON.stringify(directory)}`,
    'save ""',
    'appendonly no',
    // Better no new rooms than a table with holes.
    'maxmemory-policy noeviction',
    ...(password === '' ? [] : [`requirepass ${JSON.stringify(password)}`]),
    '',
  ].join('\n');
}
