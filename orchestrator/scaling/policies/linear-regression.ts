import { Regression } from '../forecast/regression.ts';
import type { ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { totalLoad } from './pack.ts';
import { decidePredicted } from './predicted.ts';
import type { PredictedOptions } from './schema.ts';

/** It scales for so long ahead. */
const aheadMs = 900_000;

/** Linear regression of the load on hour, weekday and month, solved once a day, and scaled for 15 minutes ahead. */
export class LinearRegressionPolicy implements ScalePolicy {
  readonly #options: PredictedOptions;
  readonly #regression = calendarRegression();
  #day = 0;

  constructor(options: PredictedOptions) {
    this.#options = options;
  }

  observe(wallMs: number, load: number | undefined): void {
    if (load !== undefined) this.#regression.observe(calendarOf(wallMs), load);
    const day = Math.floor(wallMs / 86_400_000);
    if (day !== this.#day) this.#regression.solve();
    this.#day = day;
  }

  decide({ wallMs, bridges }: ScaleView): ScaleDecision {
    const predicted = this.#regression.predict(calendarOf(wallMs + aheadMs));
    return decidePredicted(bridges, predicted, totalLoad(bridges), this.#options);
  }
}

/** Least squares over all that was seen, for `calendarOf`. */
export function calendarRegression(): Regression {
  return new Regression({ prior: new Array(43).fill(0), forgetting: 1, ridge: 0.1 });
}

/** Indicators of the hour, the weekday and the month. */
export function calendarOf(wallMs: number): number[] {
  const at = new Date(wallMs);
  const features: number[] = new Array(43).fill(0);
  features[at.getUTCHours()] = 1;
  features[24 + at.getUTCDay()] = 1;
  features[31 + at.getUTCMonth()] = 1;
  return features;
}
