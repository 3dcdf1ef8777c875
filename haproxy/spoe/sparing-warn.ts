import type { Logger } from '../../common/log.ts';

/** Logs a warning under a fixed message, so that it can be counted. */
export type Warn = (message: string, fields: object) => void;

/**
 * Logs each fixed message at most once every `everyMs`, with the number held back since: a Redis that is away
 * fails thousands of claims a second.
 */
export function createSparingWarn(log: Logger, everyMs = 10_000): Warn {
  const kinds = new Map<string, { lastMs: number; heldBack: number }>();
  return function warn(message, fields) {
    const now = Date.now();
    const kind = kinds.get(message);
    if (kind && now - kind.lastMs < everyMs) {
      kind.heldBack += 1;
      return;
    }
    log.warn({ ...fields, heldBack: kind?.heldBack ?? 0 }, message);
    kinds.set(message, { lastMs: now, heldBack: 0 });
  };
}
