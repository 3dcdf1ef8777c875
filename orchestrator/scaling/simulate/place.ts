import type { LiveMeeting, SimulatedBridge } from './simulated-bridge.ts';

/** Jicofo holds a bridge for overloaded from a stress of .8 (its default), which is a load of 1 (scaling.md). */
const overloadedAt = 1;

/** How Jicofo places people. */
export interface Placing {
  /** People that a bridge should carry at most. */
  readonly capacity: number;
  /** Bridges pass media on to each other, so that a meeting may be on several (Octo). */
  readonly relays: boolean;
}

/**
 * The bridge for one more of a meeting's people, as Jicofo chooses: one that the meeting is on already, unless it drains
 * or is overloaded and there are relays; else the least loaded of the open ones.
 *
 * @param open those that do not drain; all that are there when all drain
 */
export function placeOf(
  meeting: LiveMeeting,
  open: readonly SimulatedBridge[],
  { capacity, relays }: Placing,
): SimulatedBridge | undefined {
  let own: SimulatedBridge | undefined;
  for (const { bridge } of meeting.legs) {
    const isFit = !relays || (!bridge.isDraining && bridge.people < overloadedAt * capacity);
    if (isFit && (!own || bridge.people < own.people)) own = bridge;
  }
  if (own) return own;
  let least: SimulatedBridge | undefined;
  for (const bridge of open) if (!least || bridge.people < least.people) least = bridge;
  return least;
}
