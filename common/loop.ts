import { messageOf } from './errors.ts';
import type { Logger } from './log.ts';
import { backoffMs, sleep } from './time.ts';

/**
 * Runs `step` every `everyMs` until `signal` aborts. One step at a time; a step that throws is tried again after a
 * back-off with jitter, never sooner than `everyMs`. It is logged when its reason is new, and as the failures in a row
 * double: what stays out of reach for an hour does not fill the log.
 */
export async function loop(
  name: string,
  everyMs: number,
  signal: AbortSignal,
  log: Logger,
  step: () => Promise<void>,
): Promise<void> {
  let failures = 0;
  let lastError = '';
  while (!signal.aborted) {
    try {
      await step();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const isWorthALine = messageOf(error) !== lastError || Number.isInteger(Math.log2(failures));
      lastError = messageOf(error);
      log[isWorthALine ? 'warn' : 'debug']({ loop: name, failures, error: lastError }, 'loop step failed');
    }
    await sleep(everyMs + (failures > 0 ? backoffMs(failures) : 0), signal);
  }
}
