import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';

/** While too few meetings have ended to tell: how long they last on average (scaling.md). */
const usualMs = 50 * 60_000;
/** Ages are told apart so far, and none is older than a day. */
const grainMs = 10 * 60_000;
const oldestMs = 24 * 3_600_000;

/**
 * When meetings began of which nothing but their number is known, the oldest first: as old as those are that go on at any
 * moment where as many begin as end. Such ages are as frequent as meetings reach them.
 *
 * @returns times in milliseconds since the epoch
 */
export function stationaryStarts(count: number, nowMs: number, survival: SurvivalCurve): number[] {
  if (count === 0) return [];
  const younger: number[] = [];
  let all = 0;
  for (let ageMs = grainMs / 2; ageMs < oldestMs; ageMs += grainMs) {
    all += survival.lasts(0, ageMs) ?? Math.exp(-ageMs / usualMs);
    younger.push(all);
  }
  let grain = younger.length - 1;
  return Array.from({ length: count }, (_, place) => {
    const share = 1 - (place + 0.5) / count;
    while (grain > 0 && (younger[grain - 1] ?? 0) >= share * all) grain -= 1;
    return nowMs - (grain + 0.5) * grainMs;
  });
}
