/** A value counts as no further off than so many times what values are off on average: a holiday is no habit. */
const mostOff = 4;
/** How fast that average follows: over some days of values. */
const offWeight = 0.001;

/** What is usual at each step of a day or of a week: an exponentially weighted mean for each. */
export class Profile {
  readonly #values: Float64Array;
  readonly #weight: number;
  #off: number | undefined;

  /** @param weight of the newest value, above 0 and at most 1 */
  constructor(slots: number, weight: number) {
    this.#values = new Float64Array(slots).fill(Number.NaN);
    this.#weight = weight;
  }

  observe(slot: number, value: number): void {
    const before = this.at(slot);
    if (before === undefined) {
      this.#values[slot] = value;
      return;
    }
    const off = Math.abs(value - before);
    const usual = this.#off ?? off;
    this.#off = usual + offWeight * (off - usual);
    const most = mostOff * usual;
    this.#values[slot] = before + this.#weight * Math.min(most, Math.max(-most, value - before));
  }

  /** Undefined where nothing was observed yet. */
  at(slot: number): number | undefined {
    const value = this.#values[slot];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }
}
