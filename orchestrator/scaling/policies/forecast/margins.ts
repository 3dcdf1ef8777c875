import { hourOfDay, stepOf } from '../../forecast/step.ts';

const hours = 48;
/** More room for each bridge that was overloaded for a minute, in loads of a bridge, and the most. */
const gain = 0.06;
const most = 4;
/** Of a margin so much is left after the hour has passed once: it is forgotten within months. */
const kept = 0.99;
/** A bridge that starts now is there within so long. */
const bootMs = 900_000;

/**
 * More room in hours of the day, or of a weekend's, in which there was too little before: a morning's rush that comes as
 * a surprise once a month is in no quantile.
 */
export class Margins {
  readonly #margins = new Float64Array(hours);
  #hour: number | undefined;

  /** @param remembered what `memory` gave */
  constructor(remembered: readonly number[] = []) {
    this.#margins.set(remembered.slice(0, hours));
  }

  /** By hours of the day, and of a weekend's. */
  memory(): readonly number[] {
    return [...this.#margins];
  }

  /** A minute has passed with these loads, as shares. */
  observe(wallMs: number, loads: readonly number[]): void {
    const hour = hourOf(wallMs);
    const before = this.#margins[hour] ?? 0;
    const overloaded = loads.filter((load) => load > 1).length;
    this.#margins[hour] = Math.min(most, (hour === this.#hour ? 1 : kept) * before + gain * overloaded);
    this.#hour = hour;
  }

  /** For a bridge that starts now, in loads of a bridge. */
  at(wallMs: number): number {
    return Math.max(this.#margins[hourOf(wallMs)] ?? 0, this.#margins[hourOf(wallMs + bootMs)] ?? 0);
  }
}

function hourOf(wallMs: number): number {
  return hourOfDay(stepOf(wallMs));
}
