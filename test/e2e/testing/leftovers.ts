import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { logWriters } from '../../../shards/local/process/log-writers.ts';
import type { TemporaryFleet } from '../../fleet/temporary-fleet.ts';

/**
 * Pids by name of all that runs for a fleet, by what each process writes to and not by the fleet's own records.
 * A program counts once, its worker processes do not.
 */
export function startedPrograms(state: string): Map<string, number[]> {
  const programs = new Map<string, number[]>();
  for (const name of logNames(state)) {
    const file = join(state, 'log', `${name}.log`);
    const leaders = logWriters(new Set([file, `${file}.previous`])).filter(leadsSession);
    if (leaders.length > 0) programs.set(name, leaders);
  }
  return programs;
}

/** Names of programs that run more than once. */
export function doubles(state: string): string[] {
  return [...startedPrograms(state)].flatMap(([name, pids]) => (pids.length > 1 ? [name] : []));
}

/** Command lines of all processes, workers too, that name the fleet's folder or write into its state. */
export function remains({ state }: Pick<TemporaryFleet, 'state'>): string[] {
  const root = dirname(state);
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => commandLine(pid).includes(root) || outputOf(pid).startsWith(root))
    .map((pid) => `${pid}: ${commandLine(pid)}`);
}

function logNames(state: string): string[] {
  return readdirSync(join(state, 'log'))
    .filter((entry) => entry.endsWith('.log'))
    .map((entry) => entry.slice(0, -'.log'.length));
}

/** Every program is started in a session of its own; its workers stay in it. */
function leadsSession(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(session) === pid;
  } catch {
    return false;
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function outputOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/1`);
  } catch {
    return '';
  }
}
