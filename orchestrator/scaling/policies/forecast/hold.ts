import type { SurvivalCurve } from '../../lifetimes/survival-curve.ts';
import type { ScaledMeeting } from '../../scale-policy.ts';

/** So far ahead it is asked whether a bridge will be empty: by then all but the long meetings have ended. */
const aheadMs = 2 * 3_600_000;
/** No meeting is surer than this to go on: one alone must not outweigh all others. */
const surest = 1e-6;

/** While too few meetings have ended to tell. */
const unknownShare = 0.5;

/**
 * How surely meetings keep their bridge for the next two hours: minus the logarithm of the probability that all of them
 * will have ended by then.
 */
export function holdOf(meetings: readonly ScaledMeeting[], nowMs: number, survival: SurvivalCurve): number {
  let hold = 0;
  for (const { startedMs } of meetings) {
    hold -= Math.log(Math.max(surest, 1 - (survival.lasts(nowMs - startedMs, aheadMs) ?? unknownShare)));
  }
  return hold;
}
