/** When a shard got another incarnation: at some moment between these two, in milliseconds since the epoch. */
interface Birth {
  readonly shard: string;
  readonly after: number;
  readonly before: number;
}

/** Shards' incarnations, looked at again and again: each new one says that usher took the one before for dead. */
export class Lives {
  readonly #last = new Map<string, string>();
  readonly #births: Birth[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** Notes a look at all shards that was begun and ended at these times. */
  note(shards: readonly { name: string; incarnation: string }[], begun: number, ended: number): void {
    for (const { name, incarnation } of shards) {
      const before = this.#last.get(name);
      this.#last.set(name, incarnation);
      if (before !== undefined && before !== incarnation)
        this.#births.push({ shard: name, after: this.#lookedAt, before: ended });
    }
    this.#lookedAt = begun;
  }

  /** May the shard have been given another incarnation between these times? Both must lie before the last look. */
  ended(shard: string, from: number, to: number): boolean {
    return this.#births.some((one) => one.shard === shard && one.after <= to && one.before >= from);
  }
}
