import { setTimeout as delay } from 'node:timers/promises';

/** Waits `ms` milliseconds; resolves to false at once when `signal` aborts, to true otherwise. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, signal ? { signal } : {});
    return true;
  } catch {
    return false;
  }
}

/** Exponential back-off with full jitter, in milliseconds: attempt 0 waits up to `baseMs`. */
export function backoffMs(attempt: number, baseMs = 100, maxMs = 5_000, random = Math.random): number {
  return Math.round(random() * Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 20)));
}

/** Polls `probe` until it gives something other than undefined, or throws `describe()` after `timeoutMs`. */
export async function waitFor<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  options: { timeoutMs: number; everyMs?: number; signal?: AbortSignal; describe: () => string },
): Promise<T> {
  const end = Date.now() + options.timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() >= end || options.signal?.aborted) throw new Error(options.describe());
    await sleep(options.everyMs ?? 50, options.signal);
  }
}
