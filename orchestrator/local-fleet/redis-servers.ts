import { join } from 'node:path';
import type { Address } from '../../haproxy/config/address.ts';
import type { ProcessSpec } from '../../shards/local/process/process-directory.ts';
import { searchPath } from './check-programs.ts';
import { processNames } from './fleet-processes.ts';
import type { OwnRedis } from './own-redis.ts';
import type { FleetPaths } from './paths.ts';

/** A Redis node or a Sentinel of the fleet's own. */
export interface RedisServer {
  /** The name of its process. */
  readonly name: string;
  readonly address: Address;
  /** Its working directory; holds its configuration, in which a Sentinel also keeps what it has learnt. */
  readonly directory: string;
  readonly process: ProcessSpec;
}

/** The nodes, the first primary first. */
export function redisNodes({ nodes }: OwnRedis, paths: FleetPaths): RedisServer[] {
  return nodes.map((address, index) => {
    const name = nodes.length === 1 ? processNames.redis : processNames.redisNode(index + 1);
    return server(name, address, paths);
  });
}

/** The Sentinels. */
export function redisSentinels({ sentinels }: OwnRedis, paths: FleetPaths): RedisServer[] {
  return sentinels.map((address, index) =>
    server(processNames.sentinel(index + 1), address, paths, ['--sentinel']),
  );
}

/** Where a node or a Sentinel has its configuration. */
export function configurationFile({ directory }: Pick<RedisServer, 'directory'>): string {
  return join(directory, 'redis.conf');
}

function server(name: string, address: Address, paths: FleetPaths, args: string[] = []): RedisServer {
  const directory = join(paths.redis, name);
  const process = {
    name,
    command: 'redis-server',
    args: [configurationFile({ directory }), ...args],
    env: { PATH: searchPath() },
  };
  return { name, address, directory, process };
}
