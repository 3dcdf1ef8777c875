/** What goes wrong in a simulated world. */
export interface Faults {
  /** Of the bridges' figures so many are missing at a look. */
  readonly gaps: number;
  /** Of the starts so many fail. */
  readonly failedStarts: number;
  /** Bridges that crash, per day. */
  readonly crashesPerDay: number;
  /** Orchestrators that are replaced, per hour. */
  readonly restartsPerHour: number;
}

/** All goes well. */
export const noFaults: Faults = { gaps: 0, failedStarts: 0, crashesPerDay: 0, restartsPerHour: 0 };

/** An ordinary day: one start in a hundred fails (scaling.md). */
export const fewFaults: Faults = { gaps: 0, failedStarts: 0.01, crashesPerDay: 0, restartsPerHour: 0 };

/** What the figures under faults are measured with. */
export const manyFaults: Faults = { gaps: 0.1, failedStarts: 0.05, crashesPerDay: 1, restartsPerHour: 1 };
