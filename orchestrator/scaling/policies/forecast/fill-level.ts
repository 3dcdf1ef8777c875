/** A bridge is hot above this share of its load (scaling.md). */
const hotAbove = 0.8;
const lowest = 0.45;
const highest = 0.9;
/**
 * How fast the level follows, for each hot minute of a bridge: by a hundredth when ten are hot for an hour. A level that
 * follows within the day is low just when the day is at its peak, and starts bridges there.
 */
const gain = 0.00002;

/**
 * Up to which load bridges are filled, so that a share of their minutes is hot and not more. It
 * finds the level by itself, whatever the sizes of meetings.
 */
export class FillLevel {
  readonly #hotShare: number;
  #level: number;

  /** @param hotShare of the bridges' minutes that may be hot */
  constructor(hotShare: number, level = 0.7) {
    this.#hotShare = hotShare;
    this.#level = level;
  }

  get level(): number {
    return this.#level;
  }

  /** A minute has passed with these loads, as shares. */
  observe(loads: readonly number[]): void {
    const hot = loads.filter((load) => load > hotAbove).length;
    const next = this.#level + gain * (this.#hotShare * loads.length - hot);
    this.#level = Math.min(highest, Math.max(lowest, next));
  }
}
