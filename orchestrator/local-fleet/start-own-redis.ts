import { mkdir, writeFile } from 'node:fs/promises';
import { askRedis } from '../../haproxy/stick-table/ask-redis.ts';
import { askSentinel } from '../../haproxy/stick-table/sentinels.ts';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { type Readiness, startReady } from '../../shards/local/process/start-ready.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { OwnRedis } from './own-redis.ts';
import type { FleetPaths } from './paths.ts';
import { sentinelConfiguration } from './redis-configuration.ts';
import { writeNodeConfiguration } from './redis-processes.ts';
import { configurationFile, type RedisServer, redisNodes, redisSentinels } from './redis-servers.ts';

/** Sentinels look for each other every 2 s. */
const timeoutMs = 15_000;

/**
 * Starts the fleet's own Redis, empty. With Sentinels it returns when each of them knows all nodes and all others,
 * since only then a failover works.
 * @throws UsherError when one of them does not start, with its last words.
 */
export async function startOwnRedis(
  fleet: Fleet,
  own: OwnRedis,
  paths: FleetPaths,
  processes: ProcessDirectory,
  signal: AbortSignal,
): Promise<void> {
  const [primary, ...replicas] = redisNodes(own, paths);
  if (primary === undefined) return;
  const start = ({ process }: RedisServer, ready: Readiness['ready']) =>
    startReady(processes, process, { ports: [], timeoutMs, ready }, signal);
  const startNode = async (node: RedisServer, of?: RedisServer) => {
    await makeDirectory(node);
    await writeNodeConfiguration(own, node, of?.address);
    const sign = of ? /^master_link_status:up/m : /^role:master/m;
    await start(node, async () => sign.test(await replicationOf(own, node)));
  };
  const startSentinel = async (sentinel: RedisServer) => {
    await makeDirectory(sentinel);
    const text = sentinelConfiguration(own, fleet.redis, sentinel);
    await writeFile(configurationFile(sentinel), text, { mode: 0o600 });
    await start(sentinel, async () => {
      const { replicas: known, others } = await askSentinel(fleet.redis, sentinel.address);
      return known === replicas.length && others === own.sentinels.length - 1;
    });
  };
  await startNode(primary);
  await Promise.all(replicas.map((replica) => startNode(replica, primary)));
  await Promise.all(redisSentinels(own, paths).map(startSentinel));
}

/** A Sentinel writes its file anew, for all to read: the folder keeps the passwords in it. */
async function makeDirectory({ directory }: RedisServer): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
}

function replicationOf({ password }: OwnRedis, { address }: RedisServer): Promise<string> {
  return askRedis(address, password, (redis) => redis.info('replication'));
}
