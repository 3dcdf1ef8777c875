/** The answers to claims that are not older than `keptMs`, the last one of each room. */
export class RecentAnswers {
  readonly #keptMs: number;
  /** Oldest first: a room that is answered again moves to the end. */
  readonly #answers = new Map<string, { shard: string; at: number }>();

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /** `now` in milliseconds since the epoch, never falling by more than the clock is stepped. */
  record(room: string, shard: string, now: number): void {
    this.#answers.delete(room);
    this.#answers.set(room, { shard, at: now });
    this.#forget(now);
  }

  /** Room key -> incarnation. */
  at(now: number): Map<string, string> {
    this.#forget(now);
    return new Map([...this.#answers].map(([room, { shard }]) => [room, shard]));
  }

  #forget(now: number): void {
    for (const [room, { at }] of this.#answers) {
      if (now - at <= this.#keptMs) return;
      this.#answers.delete(room);
    }
  }
}
