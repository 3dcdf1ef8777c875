import { ageBins, binOf, binStart } from './age-bins.ts';

/**
 * How long meetings last, as it was seen: for each age how many ended at it, and for how long meetings of it were seen
 * to live, in milliseconds. That is all that Kaplan and Meier's estimate needs, by bins of ages: meetings that still
 * live, or were not seen from their beginning, or are lost sight of, count for just as long as they were seen.
 */
export interface Lifetimes {
  readonly ended: readonly number[];
  readonly livedMs: readonly number[];
}

/** Nothing was seen yet. */
export const noLifetimes: Lifetimes = {
  ended: new Array<number>(ageBins).fill(0),
  livedMs: new Array<number>(ageBins).fill(0),
};

/** Counts what is seen of meetings. */
export class LifetimeCounter {
  readonly #ended: number[];
  readonly #livedMs: number[];

  /** @param from what was seen before */
  constructor(from: Lifetimes = noLifetimes) {
    this.#ended = [...from.ended];
    this.#livedMs = [...from.livedMs];
  }

  /** A meeting was seen to live from one age to another, in milliseconds. */
  lived(fromMs: number, toMs: number): void {
    for (let bin = binOf(fromMs); bin < ageBins && binStart(bin) < toMs; bin += 1) {
      const spent = Math.min(toMs, binStart(bin + 1)) - Math.max(fromMs, binStart(bin));
      this.#livedMs[bin] = (this.#livedMs[bin] ?? 0) + Math.max(0, spent);
    }
  }

  /** A meeting has ended at this age, in milliseconds. */
  ended(ageMs: number): void {
    // It was seen to live until then, in the bin before where one just begins.
    const bin = binOf(ageMs - 1);
    this.#ended[bin] = (this.#ended[bin] ?? 0) + 1;
  }

  /** What was seen counts only `share` of it from now on. */
  fade(share: number): void {
    for (let bin = 0; bin < ageBins; bin += 1) {
      this.#ended[bin] = (this.#ended[bin] ?? 0) * share;
      this.#livedMs[bin] = (this.#livedMs[bin] ?? 0) * share;
    }
  }

  counts(): Lifetimes {
    return { ended: [...this.#ended], livedMs: [...this.#livedMs] };
  }
}
