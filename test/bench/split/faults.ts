import { sleep } from '../../../common/time.ts';
import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import type { ProcessDirectory } from '../../../shards/local/process/process-directory.ts';

/** What goes wrong in mid-run. */
export type FaultName = 'none' | 'agent' | 'redis';

/** One process that is killed, and killed again whenever the supervisor has started it anew. */
export interface Fault {
  readonly fault: FaultName;
  /** The process's name in the fleet; without one nothing goes wrong. */
  readonly process?: string;
  /** Shares of the run's rooms between which it is kept down. */
  readonly from: number;
  readonly until: number;
}

/**
 * The cases in the order in which one fleet bears them. Redis comes last: it comes back empty, is not blessed, and
 * refuses every claim, so that the rest of its run has no table either.
 */
export function faultsOn(proxy: string): readonly Fault[] {
  return [
    { fault: 'none', from: 1, until: 1 },
    { fault: 'agent', process: processNames.agent(proxy), from: 0.3, until: 0.6 },
    { fault: 'redis', process: processNames.redis, from: 0.3, until: 0.65 },
  ];
}

const lookEveryMs = 10;

/** Kills the process (SIGKILL) whenever it runs, until `signal` aborts. Returns how often. */
export async function keepDown(
  processes: ProcessDirectory,
  name: string,
  signal: AbortSignal,
): Promise<number> {
  let kills = 0;
  let last: number | undefined;
  while (!signal.aborted) {
    const pid = processes.find(name)?.pid;
    if (pid !== undefined && pid !== last && kill(pid)) {
      last = pid;
      kills += 1;
    }
    await sleep(lookEveryMs, signal);
  }
  return kills;
}

/** False when it has just ended by itself. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
