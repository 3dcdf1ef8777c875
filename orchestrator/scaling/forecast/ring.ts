/** The last values of a series, as many as it has room for. */
export class Ring {
  readonly #values: Float64Array;
  #count = 0;

  constructor(room: number) {
    this.#values = new Float64Array(room);
  }

  /** How many values it holds. */
  get size(): number {
    return Math.min(this.#count, this.#values.length);
  }

  push(value: number): void {
    this.#values[this.#count % this.#values.length] = value;
    this.#count += 1;
  }

  /** The value of `age` pushes ago, 0 for the last; undefined when it is not held. */
  ago(age: number): number | undefined {
    if (age < 0 || age >= this.size) return undefined;
    return this.#values[(this.#count - 1 - age) % this.#values.length];
  }
}
