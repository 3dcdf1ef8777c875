import { Ring } from './ring.ts';

/** The last values of a series in their order of size, for quantiles without sorting each time. */
export class SortedWindow {
  readonly #ring: Ring;
  readonly #room: number;
  readonly #sorted: Float64Array;

  /** @param room how many it keeps */
  constructor(room: number) {
    this.#ring = new Ring(room);
    this.#room = room;
    // One more than it keeps: the new one comes in before the oldest goes.
    this.#sorted = new Float64Array(room + 1);
  }

  get size(): number {
    return this.#ring.size;
  }

  push(value: number): void {
    const before = this.size;
    const oldest = before === this.#room ? this.#ring.ago(this.#room - 1) : undefined;
    const place = this.#placeOf(value, before);
    this.#sorted.copyWithin(place + 1, place, before);
    this.#sorted[place] = value;
    if (oldest !== undefined) {
      const gone = this.#placeOf(oldest, before + 1);
      this.#sorted.copyWithin(gone, gone + 1, before + 1);
    }
    this.#ring.push(value);
  }

  /** By linear interpolation between the nearest two; NaN while it is empty. */
  quantile(level: number): number {
    const place = level * (this.size - 1);
    const below = this.#sorted[Math.floor(place)] ?? Number.NaN;
    const above = this.#sorted[Math.ceil(place)] ?? Number.NaN;
    return this.size === 0 ? Number.NaN : below + (place - Math.floor(place)) * (above - below);
  }

  /** The first place among `count` whose value is not below this one. */
  #placeOf(value: number, count: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
