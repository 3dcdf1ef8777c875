import { hourSteps, stepOfHour } from './step.ts';

/** How fast it follows. */
const weight = 0.02;
/** No step of the hour counts as steadier, or as less steady, than by so much. */
const most = 3;

/**
 * How much more, or less, a forecast is missed at one step of the hour than at all of them: meetings begin at the full
 * hour and at half past, by dozens at once, and there the load is surest to come otherwise.
 */
export class Scatter {
  readonly #misses: Float64Array = new Float64Array(hourSteps).fill(Number.NaN);

  observe(step: number, miss: number): void {
    const slot = stepOfHour(step);
    const before = this.#misses[slot] ?? Number.NaN;
    const size = Math.abs(miss);
    this.#misses[slot] = Number.isNaN(before) ? size : before + weight * (size - before);
  }

  /** 1 where it is as much as everywhere, or where not all steps have been seen. */
  at(step: number): number {
    const mean = this.#misses.reduce((sum, miss) => sum + miss, 0) / hourSteps;
    const ratio = (this.#misses[stepOfHour(step)] ?? Number.NaN) / mean;
    return Number.isFinite(ratio) ? Math.min(most, Math.max(1 / most, ratio)) : 1;
  }
}
