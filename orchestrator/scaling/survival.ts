/** Longest age told apart, in minutes; older meetings count as this old. */
const longest = 24 * 60;
const minuteMs = 60_000;
/** What meetings count after a day, so that a fleet whose habits change is followed. */
const keptPerDay = 0.97;
/** What is held before anything is known: so many meetings, with ages at death as if each minute were as deadly. */
const priorMeetings = 50;
const priorMeanMinutes = 50;

/**
 * How long meetings last, by Kaplan and Meier from those of this shard: of so many that were as old, so many ended.
 * Meetings that go on count while they do (they are censored).
 */
export class Survival {
  /** Ended at this age, in minutes. */
  readonly #ended = new Float64Array(longest + 1);
  /** Reached this age. */
  readonly #reached = new Float64Array(longest + 2);
  /** Share of the meetings that last so many minutes at least. */
  readonly #share = new Float64Array(longest + 1);

  constructor() {
    this.solve([]);
  }

  /** A meeting has ended after so long. */
  ended(ms: number): void {
    const age = minutesOf(ms);
    this.#ended[age] = (this.#ended[age] ?? 0) + 1;
  }

  /** A day has passed: what was counted counts less. */
  fade(): void {
    for (let age = 0; age <= longest; age += 1) this.#ended[age] = (this.#ended[age] ?? 0) * keptPerDay;
  }

  /** Takes what was counted into the curve. @param liveMs how old the meetings are that go on */
  solve(liveMs: readonly number[]): void {
    const reached = this.#reached.fill(0);
    for (const ms of liveMs) {
      const age = minutesOf(ms);
      reached[age] = (reached[age] ?? 0) + 1;
    }
    for (let age = longest; age >= 0; age -= 1) {
      reached[age] = (reached[age] ?? 0) + (reached[age + 1] ?? 0) + (this.#ended[age] ?? 0);
    }
    let share = 1;
    for (let age = 0; age <= longest; age += 1) {
      this.#share[age] = share;
      const deaths =
        (this.#ended[age] ?? 0) + (priorMeetings / priorMeanMinutes) * Math.exp(-age / priorMeanMinutes);
      const atRisk = (reached[age] ?? 0) + priorMeetings * Math.exp(-age / priorMeanMinutes);
      share *= Math.max(0, 1 - deaths / atRisk);
    }
  }

  /** The probability that a meeting this old goes on for so much longer. */
  lasts(ageMs: number, moreMs: number): number {
    const age = minutesOf(ageMs);
    const now = this.#share[age] ?? 0;
    if (now === 0) return 0;
    return (this.#share[Math.min(longest, age + minutesOf(moreMs))] ?? 0) / now;
  }
}

function minutesOf(ms: number): number {
  return Math.min(longest, Math.max(0, Math.floor(ms / minuteMs)));
}
