import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How to run a simulator; fits a process specification. */
export interface SimulatorCommand {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/**
 * The command of a simulator. Of the 104 MB resident that Node needs by default here (50 of them its own
 * binary, shared), the compile cache saves 20: types are stripped once, not in every process; the small
 * young generation saves 5.
 */
export function simulatorCommand(kind: 'bridge' | 'jicofo', configFile: string): SimulatorCommand {
  const main = fileURLToPath(new URL(`../${kind}/main.ts`, import.meta.url));
  return {
    command: process.execPath,
    args: ['--max-semi-space-size=1', '--max-old-space-size=64', main, '--config', configFile],
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'usher-compile-cache') },
  };
}
