/** More for each minute in which all that there was was on overloaded bridges, and the most. */
const gain = 0.15;
const most = 1.6;
/** Before anything is known. */
const first = 0.5;
/** Of it so much is left after a minute: it is forgotten within two months. */
const kept = 1 - 1 / (60 * 1440);

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
    let all = 0;
    let overloaded = 0;
    for (const load of loads) {
      all += load;
      if (load > 1) overloaded += load;
    }
    this.#more = Math.min(most, kept * this.#more + gain * (overloaded / Math.max(1, all)));
  }
}
