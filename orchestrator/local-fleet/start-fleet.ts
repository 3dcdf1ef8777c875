import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes, UsherError } from '../../common/errors.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { FleetStatus } from '../api/schema/fleet.ts';
import { readFleet, readFleetShards } from '../fleet/read-fleet.ts';
import type { Fleet } from '../fleet/schema.ts';
import { checkPorts } from './check-ports.ts';
import { checkPrograms } from './check-programs.ts';
import { orchestratorsOf, processNames, supervisorProcess, type UsherCommand } from './fleet-processes.ts';
import { isRedisBlessed, startRedis } from './fleet-redis.ts';
import { withFleetLock } from './lock.ts';
import { ownRedis } from './own-redis.ts';
import { type FleetPaths, fleetPaths } from './paths.ts';
import { asStarted, keepRedisHa, withRedisHa } from './redis-ha.ts';
import { redisNodes } from './redis-servers.ts';
import { stopProcesses } from './stop-fleet.ts';
import { waitUntilUp } from './wait-until-up.ts';

/** Which fleet to start, and how. */
export interface StartFleetOptions {
  /** The fleet's folder: fleet.yaml and the shards' overlays. */
  folder: string;
  /** Its state directory, which need not exist yet. */
  state: string;
  usher: UsherCommand;
  /** Start its own Redis with two replicas and three Sentinels, although its file has one alone. */
  redisHa?: boolean;
  /** Told how far it is. */
  say(line: string): void;
  /** How long the fleet may take, in milliseconds. */
  timeoutMs?: number;
}

/** A start under way. */
interface Start extends StartFleetOptions {
  fleet: Fleet;
  shards: readonly ShardSpec[];
  paths: FleetPaths;
  processes: ProcessDirectory;
}

/**
 * Starts a fleet on this machine and waits until it seats rooms. When that fails or `signal` aborts, everything
 * it started is stopped again. What an `up` that was killed has left is ended first; a fleet that was up and has
 * lost no more than its supervisor goes on, with a new one.
 * @throws UsherError: (64) it is up already; else what is in the way, or what did not start.
 */
export async function startFleet(options: StartFleetOptions, signal: AbortSignal): Promise<FleetStatus> {
  const folder = resolve(options.folder);
  const written = await readFleet(folder);
  const fleet = options.redisHa ? withRedisHa(written) : written;
  const shards = await readFleetShards(folder, fleet);
  await checkPrograms(signal);
  const paths = fleetPaths(options.state);
  await mkdir(paths.state, { recursive: true });
  const processes = new ProcessDirectory(paths.state);
  const start = { ...options, folder, fleet, shards, paths, processes };
  return withFleetLock(paths.state, () => startLocked(start, signal));
}

async function startLocked(start: Start, signal: AbortSignal): Promise<FleetStatus> {
  const { fleet, paths, processes, say } = start;
  if (existsSync(paths.up)) {
    if (processes.isRunning(processNames.supervisor)) {
      throw new UsherError(
        `fleet ${fleet.name} is up already; see \`usher status\``,
        exitCodes.nothingToChange,
      );
    }
    if (await isWhole(start)) {
      say('the fleet runs, but its supervisor has ended: starting a new one');
      return startSupervised(start, signal);
    }
  }
  const left = await stopProcesses(processes, paths, () => undefined);
  if (left.length > 0) say(`ended what a fleet before had left: ${left.join(', ')}`);
  await checkPorts(fleet, start.folder);
  try {
    await startFromNothing(start, signal);
    const status = await startSupervised(start, signal);
    await writeFile(paths.up, '');
    return status;
  } catch (error) {
    await stopProcesses(processes, paths, () => undefined);
    throw error;
  }
}

/** Does the table by which its rooms sit still stand, and something that goes by it? */
async function isWhole({ folder, paths, processes }: Start): Promise<boolean> {
  const fleet = asStarted(await readFleet(folder), paths);
  const own = ownRedis(fleet);
  const signs = (own ? redisNodes(own, paths) : orchestratorsOf(fleet)).map(({ name }) => name);
  return signs.some((name) => processes.isRunning(name)) && (await isRedisBlessed(fleet));
}

async function startFromNothing(start: Start, signal: AbortSignal): Promise<void> {
  const { fleet, paths, processes, say } = start;
  // Maps and servers of a former fleet mean nothing to this one.
  for (const directory of [paths.proxies, paths.redis, paths.shards]) {
    await rm(directory, { recursive: true, force: true });
    // Not `recursive`, which would take a folder that somebody else has just put there.
    await mkdir(directory, { mode: 0o700 });
  }
  if (start.redisHa) await keepRedisHa(paths);
  const own = ownRedis(fleet);
  if (own === undefined) say('connecting to Redis');
  else say(own.sentinels.length > 0 ? 'starting Redis, its replicas and Sentinels' : 'starting Redis');
  await startRedis(fleet, paths, processes, signal);
}

async function startSupervised(start: Start, signal: AbortSignal): Promise<FleetStatus> {
  signal.throwIfAborted();
  const { folder, paths, usher, processes, timeoutMs = 90_000 } = start;
  await processes.start(supervisorProcess(folder, paths, usher));
  return waitUntilUp({ ...start, timeoutMs }, signal);
}
