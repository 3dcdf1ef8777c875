import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Logger } from '../../common/log.ts';
import { agreedPrimary, askSentinels } from '../../haproxy/stick-table/sentinels.ts';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import type { Fleet } from '../fleet/schema.ts';
import { decideNodeStart } from './decide-node-start.ts';
import type { FleetProcess } from './fleet-processes.ts';
import { type OwnRedis, ownRedis } from './own-redis.ts';
import type { FleetPaths } from './paths.ts';
import { redisConfiguration } from './redis-configuration.ts';
import { configurationFile, type RedisServer, redisNodes, redisSentinels } from './redis-servers.ts';

/** What the supervisor keeps running of the fleet's own Redis, which `startOwnRedis` has started. */
export function redisProcesses(
  fleet: Fleet,
  paths: FleetPaths,
  processes: ProcessDirectory,
  log: Logger,
): FleetProcess[] {
  const own = ownRedis(fleet);
  if (own === undefined) return [];
  const nodes = redisNodes(own, paths);
  return [
    ...nodes.map((node) => ({
      ...node.process,
      ready: () => own.sentinels.length === 0 || prepareNode({ fleet, own, node, nodes, processes, log }),
    })),
    // Its file is its memory: never written again.
    ...redisSentinels(own, paths).map((sentinel) => ({
      ...sentinel.process,
      ready: () => existsSync(configurationFile(sentinel)),
    })),
  ];
}

/** Writes the configuration of a fleet's own node; a file, since everyone can read a password on the command line. */
export async function writeNodeConfiguration(
  own: OwnRedis,
  node: RedisServer,
  primary?: RedisServer['address'],
): Promise<void> {
  await writeFile(configurationFile(node), redisConfiguration(own, node, primary), { mode: 0o600 });
}

interface StoppedNode {
  fleet: Fleet;
  own: OwnRedis;
  node: RedisServer;
  nodes: readonly RedisServer[];
  processes: ProcessDirectory;
  log: Logger;
}

/** Gives a node that does not run its place among the others; false while it must not be started. */
async function prepareNode({ fleet, own, node, nodes, processes, log }: StoppedNode): Promise<boolean> {
  const decision = decideNodeStart({
    address: node.address,
    primary: agreedPrimary(await askSentinels(fleet.redis), own.sentinels.length),
    othersRun: nodes.some(({ name }) => name !== node.name && processes.isRunning(name)),
  });
  if (decision.as === 'nothing yet') return false;
  log.warn({ node: node.name, ...decision }, 'redis node comes back');
  await writeNodeConfiguration(own, node, decision.as === 'replica' ? decision.of : undefined);
  return true;
}
