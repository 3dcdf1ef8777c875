/**
 * How many people come in a minute, learned for each minute of the hour as a share of who is there: meetings begin at
 * the full hour and at half past. Loads in hundredths of a bridge.
 */
export class Inflow {
  readonly #means = new Float64Array(60).fill(0.05);
  #dispersion = 10;

  /** In the minute that began at `wallMs` bridges gained `gained`, of `load` that was there before. */
  observe(wallMs: number, gained: number, load: number): void {
    const minute = minuteOf(wallMs);
    const mean = this.#means[minute] ?? 0;
    const expected = mean * load;
    if (load < 20) return;
    this.#means[minute] = Math.max(0.005, mean + 0.05 * (gained / load - mean));
    const off = Math.min((gained - expected) ** 2 / Math.max(1, expected), 200);
    this.#dispersion += 0.001 * (off - this.#dispersion);
  }

  /** What comes at most within the next minutes, with `z` standard deviations. */
  within(wallMs: number, load: number, minutes: number, z: number): number {
    let mean = 0;
    for (let ahead = 0; ahead < minutes; ahead += 1) mean += (this.#means[minuteOf(wallMs + ahead * 60_000)] ?? 0) * load;
    return mean + z * Math.sqrt(this.#dispersion * Math.max(1, mean));
  }
}

function minuteOf(wallMs: number): number {
  return ((Math.floor(wallMs / 60_000) % 60) + 60) % 60;
}
