import { readdirSync, readlinkSync } from 'node:fs';

/**
 * Pids of the running processes whose standard output or error is one of `files` (absolute paths).
 *
 * That is how a process without a record is known as ours: it inherits its log from whoever started it,
 * hands it on to its children, and unlike the environment it can't be overwritten by a program that sets
 * its own title. Processes of other users, whose descriptors we may not read, are left out.
 */
export function logWriters(files: ReadonlySet<string>): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && [1, 2].some((descriptor) => writesTo(pid, descriptor, files)));
}

function writesTo(pid: number, descriptor: number, files: ReadonlySet<string>): boolean {
  try {
    return files.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`).replace(/ \(deleted\)$/, ''));
  } catch {
    return false;
  }
}
