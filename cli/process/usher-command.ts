import { fileURLToPath } from 'node:url';

/** The command line that runs this very program. */
export const usherCommand = [
  process.execPath,
  fileURLToPath(new URL('../usher.ts', import.meta.url)),
] as const;
