import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync } from 'node:fs';

const tailBytes = 16 * 1024;

/** Opens a new log file for a process; the last run's is kept beside it. Returns the file descriptor. */
export function openLog(file: string): number {
  if (existsSync(file)) renameSync(file, previousLog(file));
  return openSync(file, 'a');
}

/** Where `openLog` keeps the log of the run before. */
export function previousLog(file: string): string {
  return `${file}.previous`;
}

/** The last lines of a log, blank ones left out; empty when there is no log. */
export function logTail(file: string, lines = 8): string[] {
  if (!existsSync(file)) return [];
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const text = buffer.toString('utf8');
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-lines);
  } finally {
    closeSync(descriptor);
  }
}
