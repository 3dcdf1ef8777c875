import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from '../../common/log.ts';
import type { Address } from '../../haproxy/config/address.ts';
import { agreedPrimary, askSentinels } from '../../haproxy/stick-table/sentinels.ts';
import { processNames, type UsherCommand } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { keepRunning } from '../../orchestrator/local-fleet/supervise-fleet.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { type RunningFleet, startTemporaryFleet, usherCommand } from '../fleet/running-fleet.ts';
import { freePort } from '../real/free-port.ts';
import { connectionOwner } from './connection-owner.ts';
import { Link } from './link.ts';

const shards = { 'eu-1': 'eu', 'eu-2': 'eu', 'us-1': 'us' };

/** Long enough for a freeze that is no failure, and short enough to wait for. */
const timings = { downSoftMs: 8_000 };

/** How Redis is had: one behind a link, or one with replicas and Sentinels. */
export interface ChaosFleetOptions {
  readonly redisHa?: boolean;
  say(line: string): void;
}

/** A temporary fleet that can be hurt: one Redis behind a link or several, and clocks that can be set. */
export interface ChaosFleet {
  readonly running: RunningFleet;
  /** Between the fleet's processes, by name, and Redis; undefined where Sentinels say where Redis is. */
  readonly redisLink: Link | undefined;
  /** Where the primary listens, past the link. */
  primary(): Promise<Address>;
  /** Of the one Redis; undefined also where there are several. */
  redisPid(): number | undefined;
  /** Files named by pid: see stepped-clock.ts. */
  readonly clocks: string;
  /** Closes something when the fleet stops. */
  keep(link: Link): void;
  stop(): Promise<void>;
}

/** Starts it: two proxies, orchestrators and more shards. What it has started is stopped again when that fails. */
export async function startChaosFleet(
  { redisHa = false, say }: ChaosFleetOptions,
  signal: AbortSignal,
): Promise<ChaosFleet> {
  await using cleanUp = new AsyncDisposableStack();
  const own = await mkdtemp(join(tmpdir(), 'usher-chaos-'));
  cleanUp.defer(() => rm(own, { recursive: true, force: true }));
  const clocks = join(own, 'clocks');
  await mkdir(clocks);
  let running: RunningFleet | undefined;
  const pids = () => new Map(running?.processes.list().map(({ name, pid }) => [name, pid]));
  const redis = redisHa ? undefined : await startLinkedRedis(own, pids, cleanUp);
  const usher: UsherCommand = [
    'env',
    `USHER_CHAOS_CLOCKS=${clocks}`,
    `NODE_OPTIONS=--import=${preload}`,
    ...usherCommand,
  ];
  // A user in the URL says that this Redis is not the fleet's to start.
  const at = redis ? { redisUrl: `redis://default@127.0.0.1:${redis.link.port}` } : { redisHa };
  running = await startTemporaryFleet({ shards, timings, orchestrators: 2, usher, ...at }, say, signal);
  const fleet = running;
  cleanUp.defer(() => fleet.stop());
  // Who connected before the fleet had names connects again.
  redis?.link.set({ is: 'cut' });
  redis?.link.set({ is: 'open' });
  const parts = cleanUp.move();
  return {
    running: fleet,
    redisLink: redis?.link,
    primary: async () => redis?.address ?? (await primaryOf(fleet)),
    redisPid: () => redis?.processes.find(processNames.redis)?.pid,
    clocks,
    keep: (link) => parts.defer(() => link.close()),
    stop: () => parts.disposeAsync(),
  };
}

const preload = fileURLToPath(new URL('stepped-clock.ts', import.meta.url));

/** By most Sentinels. */
async function primaryOf({ fleet }: RunningFleet): Promise<Address> {
  const views = await askSentinels(fleet.redis);
  const primary = agreedPrimary(views, fleet.redis.sentinels?.length ?? 0);
  if (primary) return primary;
  throw new Error(`the Sentinels agree on no primary: ${JSON.stringify(views)}`);
}

interface LinkedRedis {
  readonly link: Link;
  readonly address: Address;
  readonly processes: ProcessDirectory;
}

/** A Redis, and the link to it that knows its users by `pids`. */
async function startLinkedRedis(
  own: string,
  pids: () => ReadonlyMap<string, number>,
  cleanUp: AsyncDisposableStack,
): Promise<LinkedRedis> {
  const address = { host: '127.0.0.1', port: await freePort() };
  const processes = new ProcessDirectory(own);
  cleanUp.defer(superviseRedis(processes, own, address.port));
  const link: Link = await Link.to(address, (port) => connectionOwner(port, link.port, pids()));
  cleanUp.defer(() => link.close());
  return { link, address, processes };
}

/** As a fleet's own supervisor keeps its Redis. Returns how to end it. */
function superviseRedis(processes: ProcessDirectory, own: string, port: number): () => Promise<void> {
  const stop = new AbortController();
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', own];
  const spec = { name: processNames.redis, command: 'redis-server', args, ready: () => true };
  const done = keepRunning(spec, processes, createLogger('chaos', 'silent'), stop.signal);
  return async () => {
    stop.abort();
    await done;
    await processes.stop(processNames.redis);
  };
}
