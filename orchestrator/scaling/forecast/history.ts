import { Profile } from './profile.ts';
import { Ring } from './ring.ts';
import { daySteps, stepOfDay, stepOfWeek, weekSteps } from './step.ts';

/** The longest outlook, in steps: 30 minutes. */
const longestOutlook = 6;

/**
 * What a forecast knows of the past: the last week step by step, and what is usual. All in square roots of the load:
 * there its scatter is about the same at every height.
 */
export class History {
  readonly #roots = new Ring(weekSteps + longestOutlook + 1);
  readonly #weekly = new Profile(weekSteps, 0.3);
  readonly #daily = new Profile(2 * daySteps, 0.15);
  #step = 0;

  /** The last step that it knows. */
  get step(): number {
    return this.#step;
  }

  /** Takes the load of the next step in. One that is missing counts as the last one, and says nothing of what is usual. */
  observe(step: number, load: number | undefined): void {
    this.#step = step;
    const root = load === undefined ? this.rootAgo(0) : Math.sqrt(load);
    this.#roots.push(root);
    if (load === undefined) return;
    this.#weekly.observe(stepOfWeek(step), root);
    this.#daily.observe(stepOfDay(step), root);
  }

  /** The root of the load so many steps before the last; 0 where nothing is known. */
  rootAgo(age: number): number {
    return this.#roots.ago(age) ?? 0;
  }

  /** How far it reaches back, in steps. */
  get length(): number {
    return this.#roots.size;
  }

  usualOfWeek(step: number): number | undefined {
    return this.#weekly.at(stepOfWeek(step));
  }

  usualOfDay(step: number): number | undefined {
    return this.#daily.at(stepOfDay(step));
  }
}
