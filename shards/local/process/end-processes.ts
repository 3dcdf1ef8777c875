import { sleep } from '../../../common/time.ts';
import { processIdentity } from './process-identity.ts';

/** A killed process is gone at once unless the kernel holds it (disk): don't wait for that for ever. */
const killTimeoutMs = 2_000;

/** Ends processes: TERM, and KILL for those that are still there after `timeoutMs`. Returns when they are gone. */
export async function endProcesses(pids: readonly number[], timeoutMs: number): Promise<void> {
  // Pids are checked against their identity before each signal: a pid can pass to a stranger in between.
  const alive = new Map(pids.flatMap((pid) => identified(pid)));
  if (timeoutMs > 0) {
    signalAll(alive, 'SIGTERM');
    await gone(alive, timeoutMs);
  }
  signalAll(alive, 'SIGKILL');
  await gone(alive, killTimeoutMs);
}

function identified(pid: number): [number, string][] {
  const identity = processIdentity(pid);
  return identity === undefined ? [] : [[pid, identity]];
}

function signalAll(processes: ReadonlyMap<number, string>, signal: NodeJS.Signals): void {
  for (const [pid, identity] of processes) {
    if (processIdentity(pid) !== identity) continue;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function gone(processes: ReadonlyMap<number, string>, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end && [...processes].some(([pid, identity]) => processIdentity(pid) === identity)) {
    await sleep(20);
  }
}
