/** Learning from one hour to the next, and of the scatter from one minute to the next. */
const weight = 0.05;
const scatterWeight = 0.001;
/** Before anything is known: so much of the load comes in a minute, with this variance for each unit of it. */
const firstShare = 0.05;
const firstScatter = 10;
/** A minute that is further off than so many times its variance counts as that, so that one flood is no habit. */
const mostScatter = 200;
/** Below this load a share of it says nothing. */
const leastLoad = 20;

/** What is learned of a minute of the hour, as shares of the load, and of the scatter. */
export interface InflowMemory {
  readonly shares: readonly number[];
  readonly scatter: number;
}

/**
 * How much comes to bridges in a minute, as a share of what is there, learned for each minute of the hour: meetings begin
 * at the full hour and at half past. In hundredths of a bridge's load.
 */
export class Inflow {
  readonly #shares: Float64Array;
  #scatter: number;

  constructor(
    { shares, scatter }: InflowMemory = { shares: new Array(60).fill(firstShare), scatter: firstScatter },
  ) {
    this.#shares = Float64Array.from(shares);
    this.#scatter = scatter;
  }

  /** What it has learned. */
  memory(): InflowMemory {
    return { shares: [...this.#shares], scatter: this.#scatter };
  }

  /** In the minute up to `wallMs` bridges gained so much in sum, each where it gained, with `load` before. */
  observe(wallMs: number, gained: number, load: number): void {
    if (load < leastLoad) return;
    const minute = minuteOf(wallMs);
    const share = this.#shares[minute] ?? firstShare;
    const off = (gained - share * load) ** 2 / Math.max(1, share * load);
    this.#scatter += scatterWeight * (Math.min(off, mostScatter) - this.#scatter);
    this.#shares[minute] = share + weight * (gained / load - share);
  }

  /** What comes at most in so many minutes from `wallMs` on, within `deviations` standard deviations. */
  within(wallMs: number, load: number, minutes: number, deviations: number): number {
    let expected = 0;
    for (let ahead = 1; ahead <= minutes; ahead += 1) {
      expected += load * (this.#shares[minuteOf(wallMs + ahead * 60_000)] ?? firstShare);
    }
    return expected + deviations * Math.sqrt(this.#scatter * Math.max(1, expected));
  }
}

function minuteOf(wallMs: number): number {
  return ((Math.floor(wallMs / 60_000) % 60) + 60) % 60;
}
