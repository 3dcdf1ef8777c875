/** Five minutes, in which the predictive policies count. */
const slotMs = 300_000;

/** Mean loads by slots of five minutes, from a look a minute. */
export class Slots {
  /** The means, by slots since the epoch. */
  readonly means = new Map<number, number>();
  #slot: number | undefined;
  #sum = 0;
  #looks = 0;

  /** @returns whether a slot has just become complete */
  observe(wallMs: number, load: number): boolean {
    const slot = slotOf(wallMs);
    const before = this.#slot;
    const isNew = before !== undefined && before !== slot;
    if (isNew) {
      this.means.set(before, this.#sum / this.#looks);
      this.#sum = 0;
      this.#looks = 0;
    }
    this.#slot = slot;
    this.#sum += load;
    this.#looks += 1;
    return isNew;
  }
}

export function slotOf(wallMs: number): number {
  return Math.floor(wallMs / slotMs);
}
