import { makePolicy, type PolicyName } from '../policies/make-policy.ts';
import type { Score } from './score.ts';
import { type ScoreLimits, ScoreWatch } from './score-watch.ts';
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
  /** It ends as soon as it is sure to come to more than this over the whole trace. */
  readonly atMost?: ScoreLimits;
}

/** What came of it. */
export interface Ran {
  readonly score: Score;
  readonly timeline?: Timeline;
  /** It came to more than `Run.atMost`: the score is of the time until then. */
  readonly gaveUp?: true;
}

/**
 * Does it, in this thread.
 *
 * @param onDay is told how many days have passed
 * @throws UsageError when the policy's options are wrong
 */
export function doRun(
  { trace, policy, options, seed, shard, warmUpDays = 0, columns, atMost }: Run,
  onDay?: (days: number) => void,
): Ran {
  const made = makePolicy(policy, options);
  const { capacity } = { ...usualWorld, ...shard };
  const scored = scoredPart({ trace, warmUpDays });
  const recorder = columns === undefined ? undefined : new TimelineRecorder(scored, columns, capacity);
  const watch = atMost && new ScoreWatch(scored, atMost);
  const score = simulate(
    trace,
    made,
    { ...shard, meanLoad: meanOf(trace.values), seed, warmUpDays },
    (minute, glance) => {
      if (minute % 1440 === 1439) onDay?.((minute + 1) / 1440);
      if (minute < warmUpDays * 1440) return undefined;
      recorder?.look(glance);
      return watch?.look(glance) ? 'enough' : undefined;
    },
  );
  return {
    score,
    ...(recorder && { timeline: recorder.timeline() }),
    ...(watch?.isOver && { gaveUp: true }),
  };
}
