/** Tells on stderr how far the demo is: stdout belongs to the report. */
export class Progress {
  readonly #startedAt = performance.now();
  #lastAt = Number.NEGATIVE_INFINITY;

  /** One line, with the seconds since the start. */
  say(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1).padStart(5);
    process.stderr.write(`${seconds} s  ${text}\n`);
  }

  /** As `say`, but at most one line in two seconds: for counts that change all the time. */
  count(text: () => string): void {
    const now = performance.now();
    if (now - this.#lastAt < 2_000) return;
    this.#lastAt = now;
    this.say(text());
  }
}
