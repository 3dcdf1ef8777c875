import { makePolicy, type PolicyName } from '../policies/make-policy.ts';
import type { Score } from './score.ts';
import { type SimulatedShard, simulate, usualWorld } from './simulate.ts';
import { type Timeline, TimelineRecorder } from './timeline.ts';
import { meanOf, scoredPart, type Trace } from './trace.ts';

/** One simulation, so told that another thread can do it. */
export interface Run {
  /** Its values are people. */
  readonly trace: Trace;
  readonly policy: PolicyName;
  /** Those of the policy that differ from its defaults. */
  readonly options: object;
  readonly seed: number;
  readonly shard?: SimulatedShard;
  /** So many of the trace's first days are there to learn from: they are not scored, nor are they in the timeline. */
  readonly warmUpDays?: number;
  /** A timeline is made, with so many columns at most. */
  readonly columns?: number;
}

/** What came of it. */
export interface Ran {
  readonly score: Score;
  readonly timeline?: Timeline;
}

/**
 * Does it, in this thread.
 *
 * @param onDay is told how many days have passed
 * @throws UsageError when the policy's options are wrong
 */
export function doRun(
  { trace, policy, options, seed, shard, warmUpDays = 0, columns }: Run,
  onDay?: (days: number) => void,
): Ran {
  const made = makePolicy(policy, options);
  const { capacity } = { ...usualWorld, ...shard };
  const scored = scoredPart({ trace, warmUpDays });
  const recorder = columns === undefined ? undefined : new TimelineRecorder(scored, columns, capacity);
  const score = simulate(
    trace,
    made,
    { ...shard, meanLoad: meanOf(trace.values), seed, warmUpDays },
    (minute, glance) => {
      if (minute >= warmUpDays * 1440) recorder?.look(glance);
      if (minute % 1440 === 1439) onDay?.((minute + 1) / 1440);
    },
  );
  return { score, ...(recorder && { timeline: recorder.timeline() }) };
}
