import type { ConfirmedSplit } from './split.ts';

/** What the split detector's last look found. */
export interface SplitReport {
  /** Milliseconds since the epoch. */
  lookedAt: number;
  splits: readonly ConfirmedSplit[];
  /** Seen, but not for long enough to be sure. */
  suspected: number;
  /** What could not be read, and why: it says nothing, neither good nor bad. */
  unread: readonly Unread[];
}

/** A proxy, or an incarnation's census, that could not be read. */
export interface Unread {
  where: string;
  reason: string;
}

/** The last report; undefined until this orchestrator has looked. */
export class SplitBook {
  #last: SplitReport | undefined;

  get last(): SplitReport | undefined {
    return this.#last;
  }

  record(report: SplitReport): void {
    this.#last = report;
  }

  /** When this orchestrator looks no more: what it found grows old. */
  forget(): void {
    this.#last = undefined;
  }
}
