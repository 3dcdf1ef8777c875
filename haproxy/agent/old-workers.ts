import type { RuntimeClient } from '../runtime/client.ts';
import { listProcesses } from '../runtime/processes.ts';

/**
 * Do workers that a reload replaced still take requests, by maps that nobody writes any more? Such a worker closes
 * its idle connections at once and every other one with its next answer, so it routes nothing new once the
 * longest time for sending a request (`timeout http-request`) is over; its websockets decide nothing.
 */
export function watchOldWorkers(
  master: RuntimeClient,
  httpRequestTimeoutMs: number,
  now: () => number = Date.now,
): () => Promise<boolean> {
  const firstSeen = new Map<number, number>();
  let unreachableSince: number | undefined;
  return async () => {
    try {
      const old = (await listProcesses(master)).filter(({ role }) => role === 'old');
      unreachableSince = undefined;
      for (const { pid } of old) if (!firstSeen.has(pid)) firstSeen.set(pid, now());
      for (const pid of firstSeen.keys()) if (!old.some((one) => one.pid === pid)) firstSeen.delete(pid);
      return [...firstSeen.values()].some((seen) => now() - seen < httpRequestTimeoutMs);
    } catch {
      // A HAProxy in the middle of a reload, or one without a master: as cautious as with an old worker.
      unreachableSince ??= now();
      return now() - unreachableSince < httpRequestTimeoutMs;
    }
  };
}
