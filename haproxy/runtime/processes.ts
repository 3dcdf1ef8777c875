import { waitFor } from '../../common/time.ts';
import type { RuntimeClient } from './client.ts';

/** `old`: replaced by a reload and still serving its last connections with its last maps. */
export type ProcessRole = 'master' | 'worker' | 'old';

/** One process of a HAProxy in master-worker mode. */
export interface HaproxyProcess {
  pid: number;
  role: ProcessRole;
}

interface ProcessTable {
  processes: HaproxyProcess[];
  /** Reloads that failed since the last that succeeded. */
  failedReloads: number;
}

const showProc = ['show', 'proc'];

/** The master and all its workers, by the master socket (`-S`). Throws RuntimeError. */
export async function listProcesses(master: RuntimeClient): Promise<HaproxyProcess[]> {
  return (await readTable(master)).processes;
}

/**
 * Reloads the configuration and waits up to `timeoutMs` for the new worker, whose pid it returns.
 * Throws RuntimeError when HAProxy keeps the old worker because the new configuration does not load.
 * Old workers stay as long as their websockets do: reload for a stated reason only.
 */
export async function reload(master: RuntimeClient, options: { timeoutMs?: number } = {}): Promise<number> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const before = await readTable(master);
  const known = new Set(before.processes.map(({ pid }) => pid));
  // 2.6 closes without a word as the master executes itself anew; 2.7+ answers when all is done.
  await master.ask([['reload']]).catch(() => undefined);
  return waitFor(
    async () => {
      // The master socket is closed for a moment while the master starts over.
      const now = await readTable(master).catch(() => undefined);
      if (now === undefined) return undefined;
      if (now.failedReloads > before.failedReloads) {
        throw master.failed(
          'refused',
          [['reload']],
          'the configuration did not load; the old worker serves on',
        );
      }
      return now.processes.find(({ pid, role }) => role === 'worker' && !known.has(pid))?.pid;
    },
    {
      timeoutMs,
      ...(master.signal && { signal: master.signal }),
      describe: () => `HAProxy master ${master.address}: no new worker ${timeoutMs} ms after a reload`,
    },
  );
}

async function readTable(master: RuntimeClient): Promise<ProcessTable> {
  const answer = await master.ask([showProc]);
  if (!answer.startsWith('#<PID>')) throw master.failed('refused', [showProc], answer);
  const processes: HaproxyProcess[] = [];
  let old = false;
  for (const line of answer.split('\n')) {
    if (line.startsWith('# ')) old = line.startsWith('# old workers');
    const [, pid, type] = /^(\d+)\s+(master|worker)\b/.exec(line) ?? [];
    if (pid === undefined) continue;
    const workerRole = old ? 'old' : 'worker';
    processes.push({ pid: Number(pid), role: type === 'master' ? 'master' : workerRole });
  }
  return { processes, failedReloads: Number(/\[failed: (\d+)\]/.exec(answer)?.[1] ?? 0) };
}
