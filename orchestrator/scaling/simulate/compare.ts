import type { PolicyName } from '../policies/make-policy.ts';
import { meanScore, meetsLevel } from './level.ts';
import type { SimulationPool } from './pool.ts';
import type { Score } from './score.ts';
import type { SimulatedShard } from './simulate.ts';
import type { Timeline } from './timeline.ts';
import { minutesOf, type Trace } from './trace.ts';

/** One policy on one trace. */
export interface Contest {
  /** The trace's name. */
  readonly name: string;
  /** Its values are people. */
  readonly trace: Trace;
  readonly policy: PolicyName;
  /** Those of the policy that differ from its defaults. */
  readonly options: object;
  readonly shard: SimulatedShard;
  /** As `Run.warmUpDays`. */
  readonly warmUpDays?: number;
}

/** How it came out. */
export interface Compared extends Contest {
  /** The mean of what each seed gave; what was cut, and who was not served, is added up. */
  readonly score: Score;
  readonly meetsLevel: boolean;
  /** The first seed's, if there should be one. */
  readonly timeline?: Timeline;
}

export interface CompareOptions {
  /** So many crowds, the same for every policy. */
  readonly seeds: number;
  /** Timelines are made, with so many columns at most. */
  readonly columns?: number;
  /** Which contests have timelines; all unless given. Each takes some hundred KB. */
  isDrawn?(contest: Contest): boolean;
  /** Is told of how many days so many have passed, all simulations taken together. */
  onProgress?(days: number, ofDays: number): void;
}

/**
 * Lets policies run a shard through traces, all at once as far as there are threads.
 *
 * @returns the results, in the order of the contests
 */
export async function compare(
  pool: SimulationPool,
  contests: readonly Contest[],
  { seeds, columns, isDrawn = () => true, onProgress }: CompareOptions,
): Promise<Compared[]> {
  const ofDays = seeds * contests.reduce((sum, { trace }) => sum + Math.floor(minutesOf(trace) / 1440), 0);
  let days = 0;
  const onDay = () => onProgress?.(++days, ofDays);
  return Promise.all(
    contests.map(async (contest) => {
      const { trace, policy, options, shard, warmUpDays = 0 } = contest;
      const drawn = columns !== undefined && isDrawn(contest) ? { columns } : {};
      const runs = Array.from({ length: seeds }, (_, index) => {
        const run = { trace, policy, options, shard, warmUpDays, seed: index + 1 };
        return pool.run(index === 0 ? { ...run, ...drawn } : run, onDay);
      });
      const ran = await Promise.all(runs);
      const score = meanScore(ran.map((one) => one.score));
      const timeline = ran[0]?.timeline;
      return { ...contest, score, meetsLevel: meetsLevel(score), ...(timeline && { timeline }) };
    }),
  );
}
