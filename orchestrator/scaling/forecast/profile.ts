/** What is usual at each step of a day or of a week: an exponentially weighted mean for each. */
export class Profile {
  readonly #values: Float64Array;
  readonly #weight: number;

  /** @param weight of the newest value, above 0 and at most 1 */
  constructor(slots: number, weight: number) {
    this.#values = new Float64Array(slots).fill(Number.NaN);
    this.#weight = weight;
  }

  observe(slot: number, value: number): void {
    const before = this.at(slot) ?? value;
    this.#values[slot] = before + this.#weight * (value - before);
  }

  /** Undefined where nothing was observed yet. */
  at(slot: number): number | undefined {
    const value = this.#values[slot];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }
}
