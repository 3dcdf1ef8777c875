/** More for each minute that a bridge was overloaded, and the most. */
const gain = 0.1;
const most = 1;
/** Before anything is known. */
const first = 0.5;
/** Of it so much is left after a minute: it is forgotten within a month. */
const kept = 1 - 1 / (30 * 1440);

/**
 * By how much of itself a forecast rise is reckoned higher, in all hours: where the load surprises it does so again, and
 * where it does not, room kept for that would be dear.
 */
export class Caution {
  #more: number;

  /** @param more what it was when another leader left */
  constructor(more = first) {
    this.#more = Math.min(most, Math.max(0, more));
  }

  get more(): number {
    return this.#more;
  }

  /** A minute has passed with these loads, as shares. */
  observe(loads: readonly number[]): void {
    const overloaded = loads.filter((load) => load > 1).length;
    this.#more = Math.min(most, kept * this.#more + gain * overloaded);
  }
}
