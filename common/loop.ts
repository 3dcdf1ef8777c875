import { messageOf } from './errors.ts';
import type { Logger } from './log.ts';
import { backoffMs, sleep } from './time.ts';

/**
 * Runs `step` every `everyMs` until `signal` aborts. One step at a time; a step that throws is logged
 * and tried again after a back-off with jitter, never sooner than `everyMs`.
 */
export async function loop(
  name: string,
  everyMs: number,
  signal: AbortSignal,
  log: Logger,
  step: () => Promise<void>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await step();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      log.warn({ loop: name, failures, error: messageOf(error) }, 'loop step failed');
    }
    await sleep(everyMs + (failures > 0 ? backoffMs(failures) : 0), signal);
  }
}
