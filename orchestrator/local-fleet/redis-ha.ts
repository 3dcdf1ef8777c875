import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../common/errors.ts';
import type { Address } from '../../haproxy/config/address.ts';
import { checkRules } from '../fleet/rules.ts';
import type { Fleet } from '../fleet/schema.ts';
import { ownRedis } from './own-redis.ts';
import type { FleetPaths } from './paths.ts';

/**
 * The fleet with two replicas and three Sentinels beside its own Redis, on the five ports after it. A fleet whose
 * file has nodes is as it is.
 * @throws UsageError when others run its Redis, or a port is that of something else of the fleet.
 */
export function withRedisHa(fleet: Fleet): Fleet {
  if (fleet.redis.nodes !== undefined) return fleet;
  const [first] = ownRedis(fleet)?.nodes ?? [];
  if (first === undefined) {
    throw new UsageError('--redis-ha: the Redis of the fleet file is one that others run; they make it safe');
  }
  if (first.port > 65_535 - 5) {
    throw new UsageError(`--redis-ha: redis.url: there are no five ports after ${first.port}, up to 65535`);
  }
  const { url: _url, ...redis } = fleet.redis;
  const password = ownRedis(fleet)?.password ?? '';
  const derived: Fleet = {
    ...fleet,
    redis: {
      ...redis,
      nodes: portsFrom(first, 0),
      sentinels: portsFrom(first, 3),
      replicas: Math.max(1, redis.replicas),
      ...(password === '' ? {} : { password, sentinelPassword: password }),
    },
  };
  const [finding] = checkRules(derived);
  if (finding) throw new UsageError(`--redis-ha: ${finding.path.join('.')}: ${finding.message}`);
  return derived;
}

/** The fleet as it was started from this state directory: by `usher up --redis-ha`, or as its file says. */
export function asStarted(fleet: Fleet, paths: FleetPaths): Fleet {
  return existsSync(signFile(paths)) ? withRedisHa(fleet) : fleet;
}

/** Lets all processes of the fleet know that it was started with `--redis-ha`. The folder of Redis must be there. */
export async function keepRedisHa(paths: FleetPaths): Promise<void> {
  await writeFile(signFile(paths), '');
}

/** It goes with the folder, which the next `up` makes anew. */
function signFile(paths: FleetPaths): string {
  return join(paths.redis, 'redis-ha');
}

function portsFrom({ host, port }: Address, skipped: number): Address[] {
  return [0, 1, 2].map((offset) => ({ host, port: port + skipped + offset }));
}
