import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../probes/ask.ts';
import type { ProcessDirectory, ProcessSpec } from './process/process-directory.ts';
import type { ProcessRecord } from './process/process-record.ts';
import { startReady } from './process/start-ready.ts';
import { simulatorCommand } from './simulator/launch.ts';

/** 0.5 s on an idle machine; the bound is for a busy one. */
const startTimeoutMs = 20_000;

/** A simulated Jicofo or bridge to start. */
export interface Simulator {
  readonly kind: 'jicofo' | 'bridge';
  /** Of the process, and of its configuration file. */
  readonly name: string;
  readonly restPort: number;
  /** As its `main.ts` reads it; `restPort` is added. */
  readonly config: object;
}

/**
 * Starts a simulator, unless it runs, with its configuration in `directory`; returns when its REST answers,
 * which is not to say that it is healthy.
 */
export function startSimulator(
  processes: ProcessDirectory,
  directory: string,
  simulator: Simulator,
  signal: AbortSignal,
): Promise<ProcessRecord> {
  const { restPort } = simulator;
  return startReady(
    processes,
    simulatorProcess(directory, simulator),
    {
      ports: [restPort],
      timeoutMs: startTimeoutMs,
      ready: async (bounded) => (await ask(`http://127.0.0.1:${restPort}/about/health`, bounded)).ok,
    },
    signal,
  );
}

/** Writes a simulator's configuration into `directory`; returns how to run it. */
export function simulatorProcess(
  directory: string,
  { kind, name, restPort, config }: Simulator,
): ProcessSpec {
  const file = join(directory, `${name}.json`);
  // Holds a password.
  writeFileSync(file, `${JSON.stringify({ ...config, restPort }, undefined, 2)}\n`, { mode: 0o600 });
  return { name, ...simulatorCommand(kind, file) };
}
