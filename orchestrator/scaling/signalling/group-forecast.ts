import { History } from '../forecast/history.ts';
import { Outlook } from '../forecast/outlook.ts';
import { Ring } from '../forecast/ring.ts';
import { daySteps, weekSteps } from '../forecast/step.ts';
import type { GroupOutlook } from './decide-shards.ts';

const level = 0.975;
/** A new shard takes minutes to start, and then gets its people as their meetings begin. */
const hourSteps = 12;
/** Of a week's steps, so many must be known for its highest to be believed. */
const weekKnown = 0.9 * weekSteps;
/** A longer gap, in steps, is left out, as if it had not been. */
const longestGap = 12;
/** History holds no more of a group in one figure (step-bytes.ts): what is as much may be more. */
const mostKept = 65_000;

/** Forecasts what the shards of one group carry together, from what they carried. */
export class GroupForecast {
  readonly #history = new History();
  readonly #withinHour = new Outlook({ from: 1, to: hourSteps }, [level]);
  readonly #week = new Ring(weekSteps);
  /** Steps that were known, over all, and unknown ones since the last of them. */
  #known = 0;
  #gap = 0;

  /** Takes in the next step. @param load in participants; undefined when it is not known */
  observe(step: number, load: number | undefined): void {
    // What comes before anything is known teaches nothing.
    if (this.#known === 0 && load === undefined) return;
    this.#week.push(load ?? Number.NaN);
    this.#gap = load === undefined ? this.#gap + 1 : 0;
    if (this.#gap > longestGap) return;
    if (load !== undefined) this.#known += 1;
    this.#history.observe(step, load);
    this.#withinHour.step(this.#history, load !== undefined);
  }

  outlook(): GroupOutlook {
    return {
      withinHour: this.#known < daySteps ? undefined : this.#withinHour.quantile(level),
      weekHighest: this.#weekHighest(),
    };
  }

  #weekHighest(): number | undefined {
    let highest = 0;
    let known = 0;
    for (let age = 0; age < this.#week.size; age += 1) {
      const load = this.#week.ago(age) ?? Number.NaN;
      if (Number.isNaN(load)) continue;
      known += 1;
      highest = Math.max(highest, load);
    }
    return known < weekKnown || highest > mostKept ? undefined : highest;
  }
}
