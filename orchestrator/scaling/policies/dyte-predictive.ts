import { stepOf } from '../forecast/step.ts';
import type { ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { totalLoad } from './pack.ts';
import { decidePredicted } from './predicted.ts';
import type { DytePredictiveOptions } from './schema.ts';

/** Weights of the last hour, of yesterday and of last week at this time. */
export type DyteWeights = readonly [hour: number, day: number, week: number];

/** Steps that are remembered: a week and an hour. */
const longestAgo = 2016 + 12;

/** Dyte's predictor: a weighted mean of the last hour, yesterday and last week at this time, 15 minutes ahead. */
export class DytePredictivePolicy implements ScalePolicy {
  readonly #options: DytePredictiveOptions;
  /** By steps of five minutes. */
  readonly #loads = new Map<number, number>();
  #step = Number.NaN;

  constructor(options: DytePredictiveOptions) {
    this.#options = options;
  }

  observe(wallMs: number, load: number | undefined): void {
    this.#step = stepOf(wallMs);
    if (load !== undefined) this.#loads.set(this.#step, load);
    this.#loads.delete(this.#step - longestAgo);
  }

  decide({ bridges }: ScaleView): ScaleDecision {
    const load = totalLoad(bridges);
    const predicted = dyteMean((step) => this.#loads.get(step), this.#step + 1, this.#options.weights);
    return decidePredicted(bridges, predicted ?? load, load, this.#options);
  }
}

/** The weighted mean for three steps after `step`, of what is known; undefined when nothing is. */
export function dyteMean(
  mean: (step: number) => number | undefined,
  step: number,
  [hour, day, week]: DyteWeights,
): number | undefined {
  const hours = Array.from({ length: 12 }, (_, ago) => mean(step - 1 - ago)).filter(
    (value) => value !== undefined,
  );
  const known = [
    {
      weight: hour,
      value: hours.length > 0 ? hours.reduce((sum, value) => sum + value, 0) / hours.length : undefined,
    },
    { weight: day, value: mean(step + 3 - 288) },
    { weight: week, value: mean(step + 3 - 2016) },
  ].flatMap(({ weight, value }) => (value === undefined ? [] : [{ weight, value }]));
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0
    ? undefined
    : known.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights;
}
