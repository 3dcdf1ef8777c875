import type { Glance } from './glance.ts';
import { meanOf, minutesOf, type Trace } from './trace.ts';

/** What a simulation may come to at most: see `Score`. */
export interface ScoreLimits {
  readonly overloadPpm?: number;
  readonly bridgeHours?: number;
}

/** The people that come are those of the trace up to chance: so much more may have come. */
const chance = 1.05;

/** Tells early that a simulation will come to too much: what has been over its limit stays over it. */
export class ScoreWatch {
  readonly #overloadMinutes: number;
  readonly #bridgeMinutes: number;
  #overload = 0;
  #bridges = 0;

  /** @param trace of people */
  constructor(
    trace: Trace,
    { overloadPpm = Number.POSITIVE_INFINITY, bridgeHours = Number.POSITIVE_INFINITY }: ScoreLimits,
  ) {
    const minutes = minutesOf(trace);
    this.#overloadMinutes = (overloadPpm / 1e6) * minutes * meanOf(trace.values) * chance;
    this.#bridgeMinutes = (bridgeHours * minutes) / 24;
  }

  /** One of the limits is exceeded. */
  get isOver(): boolean {
    return this.#overload > this.#overloadMinutes || this.#bridges > this.#bridgeMinutes;
  }

  /** A minute more; tells whether it is too much. */
  look({ overloaded, exist }: Glance): boolean {
    this.#overload += overloaded;
    this.#bridges += exist;
    return this.isOver;
  }
}
