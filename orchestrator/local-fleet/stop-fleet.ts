import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { exitCodes, UsherError } from '../../common/errors.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { isOrchestrator, processNames } from './fleet-processes.ts';
import { withFleetLock } from './lock.ts';
import { type FleetPaths, fleetPaths } from './paths.ts';

/** Which fleet to stop. */
export interface StopFleetOptions {
  state: string;
  /** Told what is being stopped. */
  say(line: string): void;
}

/**
 * Ends everything that the fleet runs on this machine; logs stay.
 * @throws UsherError: (64) when nothing runs; when somebody else starts or stops the fleet right now.
 */
export async function stopFleet({ state, say }: StopFleetOptions): Promise<void> {
  const paths = fleetPaths(state);
  const stopped = existsSync(paths.state) ? await withFleetLock(paths.state, () => stop(paths, say)) : [];
  if (stopped.length === 0) {
    throw new UsherError(`nothing of a fleet runs in ${paths.state}`, exitCodes.nothingToChange);
  }
}

async function stop(paths: FleetPaths, say: (line: string) => void): Promise<string[]> {
  const stopped = await stopProcesses(new ProcessDirectory(paths.state), paths, say);
  // It may lie outside the state directory.
  await rm(paths.proxies, { recursive: true, force: true });
  return stopped;
}

/** First who would start others again, last what everybody talks to. */
const stages: readonly ((name: string) => boolean)[] = [
  (name) => name === processNames.supervisor,
  isOrchestrator,
  (name) => name.split('.')[0] !== processNames.redis,
  () => true,
];

/** Ends all processes of a state directory, those without a record too. Returns their names. */
export async function stopProcesses(
  processes: ProcessDirectory,
  paths: FleetPaths,
  say: (line: string) => void,
): Promise<string[]> {
  await rm(paths.up, { force: true });
  const stopped: string[] = [];
  for (const inStage of stages) {
    // Read anew at every stage: who has just been ended may have started something since.
    const names = processes.list().flatMap(({ name }) => (inStage(name) ? name : []));
    if (names.length > 0) say(`stopping ${names.join(', ')}`);
    await Promise.all(names.map((name) => processes.stop(name)));
    stopped.push(...names);
  }
  return [...stopped, ...(await processes.removeOrphans())];
}
