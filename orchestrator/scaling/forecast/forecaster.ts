import { History } from './history.ts';
import { Outlook } from './outlook.ts';
import { stepOf } from './step.ts';

/** What a forecast says after a step, in the unit of the load. Undefined: nothing can be said now. */
export interface Forecast {
  /** Expected in 15 minutes. */
  readonly in15: number | undefined;
  /** Not exceeded within 5 minutes, with 95 % probability. */
  readonly within5: number | undefined;
  /** Not exceeded within 25 minutes, with 99 %. */
  readonly within25: number | undefined;
  /** The same with 97.5 %: what is above it has left the band. */
  readonly band25: number | undefined;
  /** Not exceeded within 30 minutes, with 80 %. */
  readonly within30: number | undefined;
}

/** Longest gap that is bridged step by step; after a longer one it is as if the time between had not been. */
const longestGap = 12;

/** Forecasts one load from what it has seen of it. What it knows can be had again by telling it the same history. */
export class Forecaster {
  readonly #history = new History();
  readonly #in15 = new Outlook({ from: 3, to: 3 }, [0.975]);
  readonly #within5 = new Outlook({ from: 1, to: 1 }, [0.95]);
  readonly #within25 = new Outlook({ from: 1, to: 5 }, [0.99, 0.975]);
  readonly #within30 = new Outlook({ from: 1, to: 6 }, [0.8]);

  /**
   * Takes in the mean load of a step of five minutes.
   *
   * @param wallMs its time as the fleet's clocks on the wall show it, as if that were UTC
   * @param load undefined when it is not known
   */
  observe(wallMs: number, load: number | undefined): void {
    const step = stepOf(wallMs);
    const missed = this.#history.length === 0 ? 0 : step - this.#history.step - 1;
    for (let ago = Math.min(missed, longestGap); ago > 0; ago -= 1) this.#step(step - ago, undefined);
    this.#step(step, load);
  }

  forecast(): Forecast {
    return {
      in15: this.#in15.mean(),
      within5: this.#within5.quantile(0.95),
      within25: this.#within25.quantile(0.99),
      band25: this.#within25.quantile(0.975),
      within30: this.#within30.quantile(0.8),
    };
  }

  #step(step: number, load: number | undefined): void {
    this.#history.observe(step, load);
    for (const outlook of [this.#in15, this.#within5, this.#within25, this.#within30]) {
      outlook.step(this.#history, load !== undefined);
    }
  }
}
