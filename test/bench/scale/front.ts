import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';

/**
 * Those that no cheaper one beats in overload: the cheapest first, each with less overload than the one before it, or with
 * as little as there is: where that is none, the dearer ones have room that shows elsewhere.
 */
export function frontOf<T extends { readonly score: Score }>(tried: readonly T[]): T[] {
  const front: T[] = [];
  const lowest = Math.min(...tried.map(({ score }) => score.overloadPpm));
  let least = Number.POSITIVE_INFINITY;
  for (const one of tried.toSorted(byHours)) {
    if (one.score.overloadPpm >= least && one.score.overloadPpm > lowest) continue;
    least = one.score.overloadPpm;
    front.push(one);
  }
  return front;
}

/** The first of `items` for which `test` holds, if it holds for all that follow; undefined when it does not for the last. */
export async function firstThat<T>(
  items: readonly T[],
  test: (item: T) => Promise<boolean>,
): Promise<T | undefined> {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && (await test(item))) high = middle;
    else low = middle + 1;
  }
  return items[low];
}

/** By bridge-hours, and by overload where these are equal. */
function byHours(a: { readonly score: Score }, b: { readonly score: Score }): number {
  return a.score.bridgeHours - b.score.bridgeHours || a.score.overloadPpm - b.score.overloadPpm;
}
