import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one with the same pid: the kernel's boot id and the process's start in
 * clock ticks since boot. Undefined when no such process runs (a zombie does not run).
 */
export function processIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the command name, in parentheses, may hold spaces; after it comes field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads, startTicks] = [fields[3 - 3], fields[20 - 3], fields[22 - 3]];
    // A zombie whose other threads are still ending still holds its ports.
    const ended = state === 'X' || (state === 'Z' && Number(threads) <= 1);
    return ended ? undefined : `${bootId()}/${startTicks}`;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
