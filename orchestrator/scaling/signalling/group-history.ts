import { setImmediate } from 'node:timers/promises';
import { daySteps, stepMs, stepOf, weekSteps } from '../forecast/step.ts';
import type { LoadHistory } from '../load-history/load-history.ts';
import { unknownStep } from '../load-history/load-step.ts';
import type { GroupOutlook } from './decide-shards.ts';
import { GroupForecast } from './group-forecast.ts';

/** Forecasts learn from no more weeks than these. */
const weeksToLearn = 4;

/**
 * What the shards of one group carried together, kept in the history of loads under the group's own name: shards come
 * and go, and what they carried stays. The forecast is told what is read there, by every leader alike.
 */
export class GroupHistory {
  readonly #loads: LoadHistory;
  readonly #group: string;
  readonly #toWallMs: (ms: number) => number;
  readonly #forecast = new GroupForecast();
  #fedTo: number | undefined;
  #step = Number.NaN;
  #sum = 0;
  #count = 0;

  /**
   * @param group `pool/region`, which is no shard's name
   * @param toWallMs the time that the fleet's clocks on the wall show, as if that were UTC
   */
  constructor(loads: LoadHistory, group: string, toWallMs: (ms: number) => number) {
    this.#loads = loads;
    this.#group = group;
    this.#toWallMs = toWallMs;
  }

  /**
   * Keeps what the group carries now, and tells what is known beyond.
   *
   * @param now milliseconds since the epoch
   * @param load in participants; undefined when it is not known
   */
  async look(now: number, load: number | undefined): Promise<GroupOutlook> {
    const step = stepOf(now);
    if (step !== this.#step) {
      this.#step = step;
      this.#sum = 0;
      this.#count = 0;
    }
    if (load !== undefined) {
      this.#sum += load;
      this.#count += 1;
      const mean = { ...unknownStep, participants: this.#sum / this.#count };
      await this.#loads.write(step, new Map([[this.#group, mean]]));
    }
    await this.#feed(step - 1);
    return this.#forecast.outlook();
  }

  async #feed(last: number): Promise<void> {
    const first = (this.#fedTo ?? last - weeksToLearn * weekSteps) + 1;
    if (first > last) return;
    const steps = await this.#loads.read(this.#group, first, last);
    for (const [index, { participants }] of steps.entries()) {
      // The leader has a lock to renew.
      if (index % daySteps === daySteps - 1) await setImmediate();
      this.#forecast.observe(stepOf(this.#toWallMs((first + index) * stepMs)), participants);
    }
    this.#fedTo = last;
  }
}
