import type { SimulatedBridge } from './simulated-bridge.ts';

/** A simulated shard at one minute. */
export interface Glance {
  /** On bridges. */
  readonly people: number;
  /** Bridges: all of them, those that have started, and those of these that take new conferences. */
  readonly exist: number;
  readonly ready: number;
  readonly open: number;
  /** People on bridges above their capacity. */
  readonly overloaded: number;
  /** Bridges above .8 of their capacity. */
  readonly hot: number;
}

/** @param capacity people that a bridge should carry at most */
export function glanceAt(bridges: readonly SimulatedBridge[], minute: number, capacity: number): Glance {
  const glance = { people: 0, exist: bridges.length, ready: 0, open: 0, overloaded: 0, hot: 0 };
  for (const { people, readyMinute, isDraining } of bridges) {
    if (readyMinute > minute) continue;
    glance.ready += 1;
    glance.people += people;
    if (!isDraining) glance.open += 1;
    if (people > 0.8 * capacity) glance.hot += 1;
    if (people > capacity) glance.overloaded += people;
  }
  return glance;
}
