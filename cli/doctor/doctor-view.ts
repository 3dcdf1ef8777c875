import { existsSync } from 'node:fs';
import { messageOf } from '../../common/errors.ts';
import type { FleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import type { SplitsStatus } from '../../orchestrator/api/schema/splits.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { type FleetPaths, fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import { openApi } from '../api/open-api.ts';
import { type Context, stateDirectory } from '../context.ts';
import { runningProcesses } from '../fleet/running-processes.ts';

/** Something that was asked for, or why it cannot be had. */
export type Reached<T> = { ok: true; value: T } | { ok: false; reason: string };

/** What all checks begin with; each reads on from here by itself. */
export interface DoctorView {
  readonly fleet: Fleet;
  /** The fleet's folder. */
  readonly folder: string;
  readonly paths: FleetPaths;
  /** Processes of the fleet that run on this machine. */
  readonly running: readonly string[];
  /** The shards on this machine. */
  readonly shards: Reached<readonly ShardEndpoints[]>;
  /** What the orchestrator says. */
  readonly status: Reached<FleetStatus>;
  readonly splits: Reached<SplitsStatus>;
}

/** Reads what can be read; never throws for what is down. */
export async function readDoctorView(written: Fleet, context: Context): Promise<DoctorView> {
  const paths = fleetPaths(stateDirectory(context, written.name));
  const fleet = written.driver === 'local' ? asStarted(written, paths) : written;
  const api = await openApi(context);
  const [shards, status, splits] = await Promise.all([
    reach(() => listShards(fleet, paths.state, context.signal)),
    reach(() => api.status()),
    reach(() => api.splits()),
  ]);
  context.signal.throwIfAborted();
  return {
    fleet,
    folder: context.folder,
    paths,
    running: runningProcesses(paths.state),
    shards,
    status,
    splits,
  };
}

/** Does anything of the fleet run? */
export function isUp({ running, status }: Pick<DoctorView, 'running' | 'status'>): boolean {
  return running.length > 0 || status.ok;
}

async function listShards(fleet: Fleet, state: string, signal: AbortSignal): Promise<ShardEndpoints[]> {
  // A driver makes its folders; who only looks leaves nothing behind.
  return existsSync(state) ? createLocalDriver(fleet, state).list(signal) : [];
}

async function reach<T>(work: () => Promise<T>): Promise<Reached<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
}
