import type { ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { totalLoad } from './pack.ts';
import { decidePredicted } from './predicted.ts';
import type { DytePredictiveOptions } from './schema.ts';
import { Slots, slotOf } from './slots.ts';

/** Weights of the last hour, of yesterday and of last week at this time. */
export type DyteWeights = readonly [hour: number, day: number, week: number];

/** Dyte's predictor: a weighted mean of the last hour, yesterday and last week at this time, 15 minutes ahead. */
export class DytePredictivePolicy implements ScalePolicy {
  readonly #options: DytePredictiveOptions;
  readonly #slots = new Slots();
  #predicted = 0;

  constructor(options: DytePredictiveOptions) {
    this.#options = options;
  }

  decide({ wallMs, bridges }: ScaleView): ScaleDecision {
    const load = totalLoad(bridges);
    if (this.#slots.observe(wallMs, load)) {
      this.#predicted =
        dyteMean((slot) => this.#slots.means.get(slot), slotOf(wallMs), this.#options.weights) ?? load;
    }
    return decidePredicted(bridges, this.#predicted, load, this.#options);
  }
}

/** The weighted mean for three slots after `slot`, of what is known; undefined when nothing is. */
export function dyteMean(
  mean: (slot: number) => number | undefined,
  slot: number,
  [hour, day, week]: DyteWeights,
): number | undefined {
  const hours = Array.from({ length: 12 }, (_, ago) => mean(slot - 1 - ago)).filter(
    (value) => value !== undefined,
  );
  const known = [
    {
      weight: hour,
      value: hours.length > 0 ? hours.reduce((sum, value) => sum + value, 0) / hours.length : undefined,
    },
    { weight: day, value: mean(slot + 3 - 288) },
    { weight: week, value: mean(slot + 3 - 2016) },
  ].flatMap(({ weight, value }) => (value === undefined ? [] : [{ weight, value }]));
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0
    ? undefined
    : known.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights;
}
