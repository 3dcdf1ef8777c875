import { LifetimeCounter } from '../lifetimes/lifetimes.ts';
import { type SurvivalCurve, survivalOf } from '../lifetimes/survival-curve.ts';

/** How long a simulated shard's meetings last, by those that have ended. Counted when it is asked: most policies never do. */
export class SeenLifetimes implements SurvivalCurve {
  readonly #counter = new LifetimeCounter();
  #ages: number[] = [];
  /** So many of the ages are in the next curve. */
  #due = 0;
  #curve: SurvivalCurve | undefined;

  /** A meeting has ended at this age, in milliseconds. */
  ended(ageMs: number): void {
    this.#ages.push(ageMs);
  }

  /** The curve is that of now from now on. */
  renew(): void {
    this.#due = this.#ages.length;
    this.#curve = undefined;
  }

  lasts(ageMs: number, moreMs: number): number | undefined {
    this.#curve ??= this.#make();
    return this.#curve.lasts(ageMs, moreMs);
  }

  #make(): SurvivalCurve {
    for (const ageMs of this.#ages.slice(0, this.#due)) {
      this.#counter.lived(0, ageMs);
      this.#counter.ended(ageMs);
    }
    this.#ages = this.#ages.slice(this.#due);
    this.#due = 0;
    return survivalOf(this.#counter.counts());
  }
}
