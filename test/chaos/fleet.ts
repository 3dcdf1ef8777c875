import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from '../../common/log.ts';
import { processNames } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { keepRunning } from '../../orchestrator/local-fleet/supervise-fleet.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { type RunningFleet, startTemporaryFleet, usherCommand } from '../fleet/running-fleet.ts';
import { freePort } from '../real/free-port.ts';
import { connectionOwner } from './connection-owner.ts';
import { Link } from './link.ts';

const shards = { 'eu-1': 'eu', 'eu-2': 'eu', 'us-1': 'us' };

/** A temporary fleet that can be hurt: Redis behind a link, and clocks that can be set. */
export interface ChaosFleet {
  readonly running: RunningFleet;
  /** Between the fleet's processes, by name, and Redis. */
  readonly redisLink: Link;
  /** Where Redis itself listens. */
  readonly redisPort: number;
  redisPid(): number | undefined;
  /** Files named by pid: see stepped-clock.ts. */
  readonly clocks: string;
  /** Closes something when the fleet stops. */
  keep(link: Link): void;
  stop(): Promise<void>;
}

/** Starts it: two proxies, three shards. What it has started is stopped again when that fails. */
export async function startChaosFleet(say: (line: string) => void, signal: AbortSignal): Promise<ChaosFleet> {
  await using cleanUp = new AsyncDisposableStack();
  const own = await mkdtemp(join(tmpdir(), 'usher-chaos-'));
  cleanUp.defer(() => rm(own, { recursive: true, force: true }));
  const clocks = join(own, 'clocks');
  await mkdir(clocks);
  const redisPort = await freePort();
  const redis = new ProcessDirectory(own);
  cleanUp.defer(superviseRedis(redis, own, redisPort));

  let running: RunningFleet | undefined;
  const redisLink = await Link.to({ host: '127.0.0.1', port: redisPort }, (port) => {
    const processes = new Map(running?.processes.list().map(({ name, pid }) => [name, pid]));
    return connectionOwner(port, redisLink.port, processes);
  });
  cleanUp.defer(() => redisLink.close());
  running = await startTemporaryFleet(
    {
      shards,
      // A user in the URL says that this Redis is not the fleet's to start.
      redisUrl: `redis://default@127.0.0.1:${redisLink.port}`,
      usher: ['env', `USHER_CHAOS_CLOCKS=${clocks}`, `NODE_OPTIONS=--import=${preload}`, ...usherCommand],
    },
    say,
    signal,
  );
  const fleet = running;
  cleanUp.defer(() => fleet.stop());
  // Who connected before the fleet had names connects again.
  redisLink.set({ is: 'cut' });
  redisLink.set({ is: 'open' });
  const parts = cleanUp.move();
  return {
    running: fleet,
    redisLink,
    redisPort,
    redisPid: () => redis.find(processNames.redis)?.pid,
    clocks,
    keep: (link) => parts.defer(() => link.close()),
    stop: () => parts.disposeAsync(),
  };
}

const preload = fileURLToPath(new URL('stepped-clock.ts', import.meta.url));

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
