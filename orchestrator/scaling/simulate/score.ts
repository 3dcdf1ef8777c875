import { type Glance, glanceAt } from './glance.ts';
import type { SimulatedBridge } from './simulated-bridge.ts';

/** How a policy did on a trace. Hours and counts are per day. */
export interface Score {
  /** Bridges that start and that drain included. */
  readonly bridgeHours: number;
  /** If people were a fluid and bridges followed them at once. */
  readonly fluidBound: number;
  /** Of a million participant minutes so many on a bridge above its capacity. */
  readonly overloadPpm: number;
  /** Minutes of bridges above .8 of their capacity, in per cent. */
  readonly hotPct: number;
  readonly launches: number;
  /** Launches within 30 minutes after a bridge was removed. */
  readonly relaunches30m: number;
  /** Times that a meeting came to be on one more bridge. */
  readonly splitLegs: number;
  /** Meetings that a removal ended, in all: it must be 0. Those that a crash hit do not count. */
  readonly cut: number;
  /** People who found no bridge at all, in all. */
  readonly unserved: number;
}

/** Is told how it was at every minute, and may say that that is enough. */
export type OnMinute = (minute: number, glance: Glance) => 'enough' | undefined;

/** Adds up how a policy does. */
export class Scorer {
  readonly #capacity: number;
  readonly #onMinute: OnMinute | undefined;
  #minutes = 0;
  #bridgeMinutes = 0;
  #readyMinutes = 0;
  #hotMinutes = 0;
  #peopleMinutes = 0;
  #overloadMinutes = 0;
  #removedMinute = Number.NEGATIVE_INFINITY;
  launches = 0;
  relaunches = 0;
  splitLegs = 0;
  cut = 0;
  unserved = 0;
  /** Whoever looks on has seen enough. */
  isOver = false;

  /** @param capacity people that a bridge should carry at most */
  constructor(capacity: number, onMinute?: OnMinute) {
    this.#capacity = capacity;
    this.#onMinute = onMinute;
  }

  /** A minute has passed with these bridges. */
  minute(bridges: readonly SimulatedBridge[], minute: number): void {
    const glance = glanceAt(bridges, minute, this.#capacity);
    this.#minutes += 1;
    this.#bridgeMinutes += glance.exist;
    this.#readyMinutes += glance.ready;
    this.#peopleMinutes += glance.people;
    this.#hotMinutes += glance.hot;
    this.#overloadMinutes += glance.overloaded;
    this.isOver = this.#onMinute?.(minute, glance) === 'enough';
  }

  /** Forgets what was so far, but for meetings that were cut: there must be none. */
  restart(): void {
    this.#minutes = 0;
    this.#bridgeMinutes = 0;
    this.#readyMinutes = 0;
    this.#hotMinutes = 0;
    this.#peopleMinutes = 0;
    this.#overloadMinutes = 0;
    this.launches = 0;
    this.relaunches = 0;
    this.splitLegs = 0;
    this.unserved = 0;
  }

  launched(minute: number): void {
    this.launches += 1;
    if (minute - this.#removedMinute <= 30) this.relaunches += 1;
  }

  removed(minute: number, meetings: number): void {
    this.#removedMinute = minute;
    this.cut += meetings;
  }

  score(): Score {
    const days = this.#minutes / 1440;
    const hours = (minutes: number) => minutes / 60 / days;
    return {
      bridgeHours: hours(this.#bridgeMinutes),
      fluidBound: hours(this.#peopleMinutes / this.#capacity),
      overloadPpm: (1e6 * this.#overloadMinutes) / Math.max(1, this.#peopleMinutes),
      hotPct: (100 * this.#hotMinutes) / Math.max(1, this.#readyMinutes),
      launches: this.launches / days,
      relaunches30m: this.relaunches / days,
      splitLegs: this.splitLegs / days,
      cut: this.cut,
      unserved: this.unserved,
    };
  }
}
