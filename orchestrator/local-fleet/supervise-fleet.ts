import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { loop } from '../../common/loop.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import { type FleetProcess, fleetProcesses, type UsherCommand } from './fleet-processes.ts';
import { lastWords } from './last-words.ts';
import { fleetPaths } from './paths.ts';
import { asStarted } from './redis-ha.ts';
import { redisProcesses } from './redis-processes.ts';
import { keepsEnding, mayStart, type Restarts, started } from './restarts.ts';

/** Which fleet to keep up. */
export interface SuperviseOptions {
  folder: string;
  state: string;
  usher: UsherCommand;
  log: Logger;
}

const everyMs = 200;

/** Keeps the fleet's processes running until `signal` aborts; they run on after that. */
export async function superviseFleet(options: SuperviseOptions, signal: AbortSignal): Promise<void> {
  const { folder, log, usher } = options;
  const paths = fleetPaths(options.state);
  const fleet = asStarted(await readFleet(folder), paths);
  const processes = new ProcessDirectory(paths.state);
  const wanted = [
    ...redisProcesses(fleet, paths, processes, log),
    ...fleetProcesses(fleet, folder, paths, usher),
  ];
  await Promise.all(wanted.map((spec) => keepRunning(spec, processes, log, signal)));
}

/** Starts a process whenever it does not run, until `signal` aborts. One that keeps ending is logged as an error. */
export async function keepRunning(
  spec: FleetProcess,
  processes: ProcessDirectory,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let restarts: Restarts | undefined;
  await loop('supervise', everyMs, signal, log, async () => {
    if (processes.isRunning(spec.name) || !mayStart(restarts, Date.now()) || !(await spec.ready())) return;
    if (restarts) {
      const about = { process: spec.name, lastWords: lastWords(processes, spec.name) };
      if (keepsEnding(restarts)) log.error(about, 'process keeps ending: tried again, but less often');
      else log.warn(about, 'process ended: starting it again');
    }
    restarts = started(restarts, Date.now());
    try {
      await processes.start(spec);
    } catch (error) {
      log.error({ process: spec.name, error: messageOf(error) }, 'process could not be started');
    }
  });
}
