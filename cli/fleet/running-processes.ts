import { existsSync } from 'node:fs';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';

/** The names of what a fleet runs on this machine, by its state directory. */
export function runningProcesses(state: string): string[] {
  // A ProcessDirectory makes its folders; who only looks leaves nothing behind.
  if (!existsSync(state)) return [];
  return new ProcessDirectory(state).list().map(({ name }) => name);
}
