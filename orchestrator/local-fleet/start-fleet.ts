import { mkdir, rm } from 'node:fs/promises';
import { exitCodes, UsherError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { canonicalTenant } from '../../haproxy/room-key/room-key.ts';
import { connectRedis } from '../../haproxy/stick-table/connection.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { startReady } from '../../shards/local/process/start-ready.ts';
import type { FleetStatus } from '../api/schema.ts';
import { readFleet, readFleetShards } from '../fleet/read-fleet.ts';
import type { Fleet } from '../fleet/schema.ts';
import { processNames, redisProcess, supervisorProcess, type UsherCommand } from './fleet-processes.ts';
import { type FleetPaths, fleetPaths } from './paths.ts';
import { checkPorts, checkPrograms } from './preflight.ts';
import { stopProcesses } from './stop-fleet.ts';
import { waitUntilUp } from './wait-until-up.ts';

export interface StartFleetOptions {
  /** The fleet's folder: fleet.yaml and the shards' overlays. */
  folder: string;
  state: string;
  usher: UsherCommand;
  /** Told how far it is. */
  say(line: string): void;
  /** How long the fleet may take, in milliseconds. */
  timeoutMs?: number;
}

/**
 * Starts a fleet on this machine and waits until it seats rooms. When that fails or `signal` aborts, everything
 * it started is stopped again. What an `up` that was killed left behind is taken over if it is a whole fleet, and
 * ended if it is not.
 */
export async function startFleet(options: StartFleetOptions, signal: AbortSignal): Promise<FleetStatus> {
  const { folder, usher, say } = options;
  const fleet = await readFleet(folder);
  const shards = await readFleetShards(folder, fleet);
  if (fleet.redis.url === undefined) {
    throw new UsherError(
      `${folder}/fleet.yaml: redis: a fleet on one machine starts its Redis itself: give its url`,
    );
  }
  await checkPrograms(signal);
  const paths = fleetPaths(options.state);
  const processes = new ProcessDirectory(paths.state);
  if (processes.isRunning(processNames.supervisor)) {
    throw new UsherError(
      `fleet ${fleet.name} is up already; see \`usher status\``,
      exitCodes.nothingToChange,
    );
  }
  try {
    if (await isWhole(processes, fleet)) say('taking over the fleet that runs here without its supervisor');
    else await startFromNothing(options, fleet, paths, processes, signal);
    await processes.start(supervisorProcess(folder, paths, usher));
    return await waitUntilUp(
      { fleet, shards, processes, say, timeoutMs: options.timeoutMs ?? 90_000 },
      signal,
    );
  } catch (error) {
    await stopProcesses(processes, () => undefined);
    throw error;
  }
}

/** Is there a Redis of ours that holds this fleet's table? */
async function isWhole(processes: ProcessDirectory, fleet: Fleet): Promise<boolean> {
  return processes.isRunning(processNames.redis) && (await withTable(fleet, (table) => table.isBlessed()));
}

async function startFromNothing(
  { folder, say }: StartFleetOptions,
  fleet: Fleet,
  paths: FleetPaths,
  processes: ProcessDirectory,
  signal: AbortSignal,
): Promise<void> {
  const left = await stopProcesses(processes, () => undefined);
  if (left.length > 0) say(`ended what a killed fleet had left: ${left.join(', ')}`);
  await checkPorts(fleet, folder);
  // Maps and servers of a former fleet mean nothing to this one.
  for (const directory of [paths.proxies, paths.redis, paths.shards]) {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true, mode: 0o700 });
  }
  say('starting Redis');
  await startReady(
    processes,
    redisProcess(fleet, paths),
    { ports: [], timeoutMs: 10_000, ready: () => withTable(fleet, async () => true) },
    signal,
  );
  const tenants = Object.entries(fleet.tenants).map(
    ([tenant, pool]) => [canonicalTenant(tenant) ?? tenant, pool] as const,
  );
  const answer = await withTable(fleet, (table) => table.bless(new Map(tenants)));
  if (!answer.ok) throw new UsherError(`Redis at ${fleet.redis.url} cannot be used: ${answer.reason}`);
}

async function withTable<T>(fleet: Fleet, work: (table: StickTable) => Promise<T>): Promise<T> {
  const connection = connectRedis(fleet.redis, createLogger('usher', 'silent'));
  try {
    const describe = () => `Redis at ${fleet.redis.url} does not answer`;
    await waitFor(() => connection.runId(), { timeoutMs: 5_000, everyMs: 20, describe });
    return await work(new StickTable(connection, fleet.name));
  } finally {
    connection.close();
  }
}
