import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import type { RuntimeClient } from './client.ts';
import { listProcesses } from './processes.ts';
import { RuntimeError } from './runtime-error.ts';
import { readStat } from './stat.ts';

/** How a HAProxy is watched until its clients are gone. */
export interface AwaitEmptyOptions {
  /** HAProxy's master socket. */
  master: RuntimeClient;
  /** The frontend that clients come in by. */
  frontend: string;
  /** So long nobody must be seen: who was sent here just now may be under way. In milliseconds. */
  quietMs: number;
  /** Between two looks, in milliseconds. */
  everyMs: number;
  log: Logger;
}

/**
 * Waits until nobody has been connected for `quietMs`, to any of HAProxy's workers, or HAProxy is gone. It is left to
 * serve as ever meanwhile, new connections too. Has no bound of its own: meetings last as long as they last.
 */
export async function awaitEmpty(options: AwaitEmptyOptions, signal: AbortSignal): Promise<void> {
  const { master, frontend, quietMs, everyMs, log } = options;
  let emptySince: number | undefined;
  let last: number | undefined;
  do {
    const clients = await countClients(master, frontend).catch((error: unknown) => {
      if (error instanceof RuntimeError && error.failure === 'unreachable') return 0;
      log.warn({ error: messageOf(error) }, 'clients of HAProxy unknown: asking again');
      return undefined;
    });
    if (clients !== last) log.info({ clients }, 'waiting until HAProxy has no clients');
    last = clients;
    emptySince = clients === 0 ? (emptySince ?? performance.now()) : undefined;
    if (emptySince !== undefined && performance.now() - emptySince >= quietMs) return;
  } while (await sleep(everyMs, signal));
}

/** Workers that a reload left behind have clients, too. */
async function countClients(master: RuntimeClient, frontend: string): Promise<number> {
  const workers = (await listProcesses(master)).filter(({ role }) => role !== 'master');
  const rows = await Promise.all(
    workers.map(({ pid }) => readStat(master.forWorker(pid), frontend, 'frontend')),
  );
  return rows.flat().reduce((sum, cell) => sum + Number(cell('scur')), 0);
}
