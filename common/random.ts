/** A random number from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** The same numbers for the same seed, so that a run can be had again (a 32-bit LCG with its low bits mixed). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return function random() {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x45d9_f3b) >>> 0;
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** An integer from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of `choices`. Throws RangeError when there is none. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  const index = between(random, 0, choices.length - 1);
  if (choices.length === 0) throw new RangeError('nothing to choose from');
  return choices[index] as T;
}

/** The same things in another order. */
export function shuffled<T>(random: Random, things: readonly T[]): T[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ thing }) => thing);
}
