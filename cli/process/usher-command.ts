import { fileURLToPath } from 'node:url';
import type { UsherCommand } from '../../orchestrator/local-fleet/fleet-processes.ts';

/** How this very `usher` is run, by the Node that runs it. */
export const usherCommand: UsherCommand = [
  process.execPath,
  fileURLToPath(new URL('../usher.ts', import.meta.url)),
];
