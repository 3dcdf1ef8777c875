import { exitCodes, UsherError } from '../../common/errors.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { processNames } from './fleet-processes.ts';
import { fleetPaths } from './paths.ts';

export interface StopFleetOptions {
  state: string;
  /** Told what is being stopped. */
  say(line: string): void;
}

/** Ends everything that the fleet runs on this machine; logs stay. Throws UsherError (64) when nothing runs. */
export async function stopFleet({ state, say }: StopFleetOptions): Promise<void> {
  const paths = fleetPaths(state);
  const processes = new ProcessDirectory(paths.state);
  const stopped = await stopProcesses(processes, say);
  if (stopped.length === 0) {
    throw new UsherError(`nothing of a fleet runs in ${paths.state}`, exitCodes.nothingToChange);
  }
}

/** Ends all processes of a state directory, those without a record too. Returns their names. */
export async function stopProcesses(
  processes: ProcessDirectory,
  say: (line: string) => void,
): Promise<string[]> {
  const names = processes.list().map(({ name }) => name);
  for (const stage of stages(names)) {
    if (stage.length > 0) say(`stopping ${stage.join(', ')}`);
    await Promise.all(stage.map((name) => processes.stop(name)));
  }
  return [...names, ...(await processes.removeOrphans())];
}

/** First who would start others again, last what everybody talks to. */
function stages(names: readonly string[]): string[][] {
  const rank = (name: string) => {
    if (name === processNames.supervisor) return 0;
    if (name === processNames.orchestrator) return 1;
    return name === processNames.redis ? 3 : 2;
  };
  return [0, 1, 2, 3].map((stage) => names.filter((name) => rank(name) === stage));
}
