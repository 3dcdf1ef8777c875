/** One timer for whatever is waited for at the moment. Waiting on for the same thing does not start it anew. */
export class Deadline<Wait extends string> {
  readonly #limitsMs: Readonly<Record<Wait, number>>;
  readonly #passed: (wait: Wait) => void;
  #wait: Wait | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitsMs: Readonly<Record<Wait, number>>, passed: (wait: Wait) => void) {
    this.#limitsMs = limitsMs;
    this.#passed = passed;
  }

  /** Starts the limit of `wait`, unless it runs already. */
  waitFor(wait: Wait): void {
    if (this.#wait === wait) return;
    this.clear();
    this.#wait = wait;
    this.#timer = setTimeout(() => this.#passed(wait), this.#limitsMs[wait]);
  }

  /** Waits for nothing. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#wait = undefined;
  }
}
