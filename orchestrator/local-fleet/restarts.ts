/** How often a process had to be started again lately. */
export interface Restarts {
  /** Starts in quick succession. */
  inARow: number;
  lastAt: number;
}

/** One that ran so long is well again. */
const calmMs = 30_000;
const maxDelayMs = 10_000;

/** May a process that is not running be started now? The first restart is at once; then it is tried less and less often. */
export function mayStart(before: Restarts | undefined, now: number): boolean {
  if (before === undefined) return true;
  const delayMs = before.inARow <= 1 ? 0 : Math.min(250 * 2 ** (before.inARow - 2), maxDelayMs);
  return now - before.lastAt >= delayMs;
}

/** What to remember after starting it at `now`. */
export function started(before: Restarts | undefined, now: number): Restarts {
  const calm = before === undefined || now - before.lastAt > calmMs;
  return { inARow: calm ? 1 : before.inARow + 1, lastAt: now };
}

/** Was it started so often in a row that waiting will hardly mend it? */
export function keepsEnding(restarts: Restarts): boolean {
  return restarts.inARow >= 5;
}
