import type { Address } from '../../haproxy/config/address.ts';
import type { RedisSettings } from '../../haproxy/stick-table/settings.ts';
import { isLoopback } from '../fleet/collide.ts';
import type { Fleet } from '../fleet/schema.ts';

/** The Redis that a fleet runs itself: one, or with replicas and the Sentinels that watch them. */
export interface OwnRedis {
  /** The first is primary when the fleet is started; the others are its replicas. */
  readonly nodes: readonly Address[];
  /** Empty with one Redis. */
  readonly sentinels: readonly Address[];
  /** Empty: none. */
  readonly password: string;
}

/** A fleet's own Redis; undefined when its settings name a Redis that others run. */
export function ownRedis({ redis }: Pick<Fleet, 'redis'>): OwnRedis | undefined {
  if (redis.nodes !== undefined) {
    const { nodes, sentinels = [], password = '' } = redis;
    return { nodes: nodes.map(numeric), sentinels: sentinels.map(numeric), password };
  }
  return singleRedis(redis);
}

function singleRedis(redis: RedisSettings): OwnRedis | undefined {
  if (redis.url === undefined) return undefined;
  const { protocol, hostname, port, username, password } = new URL(redis.url);
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  const plain = protocol === 'redis:' && !redis.tls && username === '' && redis.username === undefined;
  if (!plain || !isLoopback(address)) return undefined;
  return {
    nodes: [numeric(address)],
    sentinels: [],
    password: redis.password ?? decodeURIComponent(password),
  };
}

/** Sentinels know no names. */
function numeric({ host, port }: Address): Address {
  return { host: host === 'localhost' ? '127.0.0.1' : host, port };
}
