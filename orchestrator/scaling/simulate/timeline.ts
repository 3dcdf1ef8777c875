import type { Glance } from './glance.ts';
import { minutesOf, type Trace } from './trace.ts';

/** A simulation in so few columns that it can be drawn. */
export interface Timeline {
  /** As `Trace.startMs`. */
  readonly startMs: number;
  /** The time that a column stands for; the last one may be cut short. */
  readonly columnMs: number;
  readonly columns: readonly Column[];
}

/** What there was within a column's time. */
export interface Column {
  /** In loads of a bridge. */
  readonly load: Span;
  /** Bridges. */
  readonly exist: Span;
  readonly open: Span;
  /** The share of the people's minutes that were on a bridge above its capacity. */
  readonly overloaded: number;
  /** The share of the bridges' minutes above .8 of it. */
  readonly hot: number;
}

/** The least and the most of a column's minutes. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** Makes a timeline of glances at every minute. */
export class TimelineRecorder {
  readonly #startMs: number;
  readonly #minutes: number;
  readonly #capacity: number;
  readonly #columns: Column[] = [];
  #glances: Glance[] = [];

  /**
   * @param most columns
   * @param capacity people that a bridge should carry at most
   */
  constructor(trace: Trace, most: number, capacity: number) {
    this.#startMs = trace.startMs;
    this.#minutes = Math.max(1, Math.ceil(minutesOf(trace) / most));
    this.#capacity = capacity;
  }

  look(glance: Glance): void {
    this.#glances.push(glance);
    if (this.#glances.length === this.#minutes) this.#close();
  }

  /** What was seen so far. */
  timeline(): Timeline {
    if (this.#glances.length > 0) this.#close();
    return { startMs: this.#startMs, columnMs: this.#minutes * 60_000, columns: this.#columns };
  }

  #close(): void {
    const glances = this.#glances;
    this.#glances = [];
    const sum = (key: keyof Glance) => glances.reduce((total, glance) => total + glance[key], 0);
    const people = spanOf(glances, 'people');
    this.#columns.push({
      load: { low: people.low / this.#capacity, high: people.high / this.#capacity },
      exist: spanOf(glances, 'exist'),
      open: spanOf(glances, 'open'),
      overloaded: sum('overloaded') / Math.max(1, sum('people')),
      hot: sum('hot') / Math.max(1, sum('ready')),
    });
  }
}

function spanOf(glances: readonly Glance[], key: keyof Glance): Span {
  const values = glances.map((glance) => glance[key]);
  return { low: Math.min(...values), high: Math.max(...values) };
}
