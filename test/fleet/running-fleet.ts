import { fileURLToPath } from 'node:url';
import type { UsherCommand } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { startFleet } from '../../orchestrator/local-fleet/start-fleet.ts';
import { stopFleet } from '../../orchestrator/local-fleet/stop-fleet.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { createTemporaryFleet, type TemporaryFleet, type TemporaryFleetOptions } from './temporary-fleet.ts';

/** `usher` by the Node that runs this. */
export const usherCommand: UsherCommand = [
  process.execPath,
  fileURLToPath(new URL('../../cli/usher.ts', import.meta.url)),
];

/** A temporary fleet that is up. */
export interface RunningFleet extends TemporaryFleet {
  readonly processes: ProcessDirectory;
  /** Stops everything and deletes it. */
  stop(): Promise<void>;
}

/** Quick enough for tests: a fleet of real size has minutes for what takes seconds here. */
export const quickTimings = {
  graceMs: 3_000,
  censusEveryMs: 500,
  censusesToEnd: 3,
  probeEveryMs: 500,
  bridgesEveryMs: 500,
  probesToAdmit: 2,
  degradeHardMs: 3_000,
  degradeSoftMs: 15_000,
  downHardMs: 10_000,
  downSoftMs: 20_000,
  recoverMs: 2_000,
};

export interface RunningFleetOptions extends TemporaryFleetOptions {
  /** Runs `usher` in another way. */
  usher?: UsherCommand;
}

/** Starts a whole fleet on free ports: the real programs, and simulated Jicofo and bridges. */
export async function startTemporaryFleet(
  options: RunningFleetOptions,
  say: (line: string) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningFleet> {
  const temporary = await createTemporaryFleet({
    ...options,
    timings: { ...quickTimings, ...options.timings },
  });
  try {
    const { folder, state } = temporary;
    await startFleet({ folder, state, usher: options.usher ?? usherCommand, say }, signal);
  } catch (error) {
    await temporary.delete();
    throw error;
  }
  return {
    ...temporary,
    processes: new ProcessDirectory(temporary.state),
    async stop() {
      await stopFleet({ state: temporary.state, say: () => undefined });
      await temporary.delete();
    },
  };
}
