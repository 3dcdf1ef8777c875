import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import type { Address } from '../../haproxy/config/address.ts';
import { askRedis } from '../../haproxy/stick-table/ask-redis.ts';
import { connectRedis, type RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { agreedPrimary, askSentinels } from '../../haproxy/stick-table/sentinels.ts';
import { parseFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { startRedis } from '../../orchestrator/local-fleet/fleet-redis.ts';
import { ownRedis } from '../../orchestrator/local-fleet/own-redis.ts';
import { type FleetPaths, fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { redisNodes } from '../../orchestrator/local-fleet/redis-servers.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { freePort } from '../real/free-port.ts';

/** The `redis` of a fleet file: a primary, two replicas and three Sentinels, on ports that were free. */
export async function redisHaSettings(): Promise<string> {
  const three = async () =>
    (await Promise.all([freePort(), freePort(), freePort()])).map((port) => `{ port: ${port} }`).join(', ');
  return `{ nodes: [${await three()}], sentinels: [${await three()}], replicas: 1 }`;
}

/** The Redis of a fleet as `usher up` starts it, with replicas and Sentinels, and nobody who restarts anything. */
export interface RedisSet {
  fleet: Fleet;
  paths: FleetPaths;
  processes: ProcessDirectory;
  /** A connection through the Sentinels, closed by `stop`. */
  connect(options?: { blocking?: boolean }): Promise<RedisConnection>;
  /** The primary by most Sentinels. */
  primary(): Promise<Address | undefined>;
  /** The process's name of the node at this address. */
  nameOf(address: Address): string;
  /** Sends a signal to a process by its name. */
  signal(name: string, signal: NodeJS.Signals): void;
  /** What INFO says of replication at a node. */
  replication(address: Address): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the set, and takes it into use. `passwords` are of nodes and Sentinels. */
export async function startRedisSet(passwords = ''): Promise<RedisSet> {
  const paths = fleetPaths(await mkdtemp(join(tmpdir(), 'usher-redis-ha-')));
  await mkdir(paths.redis, { mode: 0o700 });
  const settings = (await redisHaSettings()).replace(/ }$/, `${passwords} }`);
  const fleet = parseFleet(
    'fleet.yaml',
    `name: local
redis: ${settings}
orchestrator: { api: 127.0.0.1:1 }
proxies: [{ name: p, bind: "127.0.0.1:2", stats: "127.0.0.1:3", agent: { spoe: "127.0.0.1:4", http: "127.0.0.1:5" } }]
`,
  );
  const own = ownRedis(fleet);
  if (own === undefined) throw new Error('the fleet has no Redis of its own');
  const processes = new ProcessDirectory(paths.state);
  const connections: RedisConnection[] = [];
  const set: RedisSet = {
    ...{ fleet, paths, processes },
    async connect(options = {}) {
      const connection = connectRedis(fleet.redis, createLogger('test', 'silent'), options);
      connections.push(connection);
      await waitFor(() => connection.runId(), { timeoutMs: 10_000, describe: () => 'no connection' });
      return connection;
    },
    primary: async () => agreedPrimary(await askSentinels(fleet.redis), own.sentinels.length),
    nameOf: ({ port }) => redisNodes(own, paths).find(({ address }) => address.port === port)?.name ?? '',
    signal: (name, signal) => void process.kill(processes.find(name)?.pid ?? 0, signal),
    replication: (address) => askRedis(address, own.password, (redis) => redis.info('replication')),
    async stop() {
      for (const connection of connections) connection.close();
      await Promise.all(processes.list().map(({ name }) => processes.stop(name, 0)));
      await rm(paths.state, { recursive: true, force: true });
    },
  };
  try {
    await startRedis(fleet, paths, processes, AbortSignal.timeout(40_000));
  } catch (error) {
    await set.stop();
    throw error;
  }
  return set;
}
