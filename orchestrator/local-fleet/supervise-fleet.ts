import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { loop } from '../../common/loop.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import { type FleetProcess, fleetProcesses, type UsherCommand } from './fleet-processes.ts';
import { fleetPaths } from './paths.ts';
import { mayStart, type Restarts, started } from './restarts.ts';

export interface SuperviseOptions {
  folder: string;
  state: string;
  usher: UsherCommand;
  log: Logger;
}

const everyMs = 200;

/** Keeps the fleet's processes running until `signal` aborts; they run on after that. */
export async function superviseFleet(options: SuperviseOptions, signal: AbortSignal): Promise<void> {
  const { folder, log } = options;
  const fleet = await readFleet(folder);
  const paths = fleetPaths(options.state);
  const processes = new ProcessDirectory(paths.state);
  const restarts = new Map<string, Restarts>();
  const wanted = fleetProcesses(fleet, folder, paths, options.usher);
  await loop('supervise', everyMs, signal, log, async () => {
    for (const spec of wanted) await keep(spec, processes, restarts, log);
  });
}

async function keep(
  spec: FleetProcess,
  processes: ProcessDirectory,
  restarts: Map<string, Restarts>,
  log: Logger,
): Promise<void> {
  if (processes.isRunning(spec.name) || !spec.ready()) return;
  const before = restarts.get(spec.name);
  const now = Date.now();
  if (!mayStart(before, now)) return;
  if (before)
    log.warn(
      { process: spec.name, lastWords: processes.logTail(spec.name, 3) },
      'process ended: starting it again',
    );
  restarts.set(spec.name, started(before, now));
  try {
    await processes.start(spec);
  } catch (error) {
    log.error({ process: spec.name, error: messageOf(error) }, 'process could not be started');
  }
}
