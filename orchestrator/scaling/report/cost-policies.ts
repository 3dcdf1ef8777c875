import type { PolicyName } from '../policies/make-policy.ts';
import { meetsLevel } from '../simulate/level.ts';
import type { SimulationPool } from '../simulate/pool.ts';
import type { Score } from '../simulate/score.ts';
import { minutesOf } from '../simulate/trace.ts';
import { calibratePeople } from './calibrate-people.ts';
import type { RecordedShard } from './recorded-shard.ts';
import { recordedTrace } from './recorded-trace.ts';

/** What a policy would have cost on what was recorded of a shard, by simulation. */
export interface PolicyCost {
  readonly shard: string;
  readonly policy: PolicyName;
  /** Per day. */
  readonly score: Score;
  /** Would it have served people well? */
  readonly meetsLevel: boolean;
}

/** A fixed number of bridges is made for a peak that fills them to this. */
const staticFill = 0.8;

/**
 * Lets each policy, with its usual options, run each shard through what was recorded of it. A shard of which too little
 * is known for that is left out.
 *
 * @param onProgress is told of how many simulated days so many have passed
 */
export async function costPolicies(
  pool: SimulationPool,
  recorded: readonly RecordedShard[],
  policies: readonly PolicyName[],
  onProgress?: (days: number, ofDays: number) => void,
): Promise<PolicyCost[]> {
  const worlds = recorded.flatMap((shard) => {
    const world = recordedTrace(shard, calibratePeople(shard.steps));
    return world ? [{ ...world, shard: shard.name }] : [];
  });
  const ofDays =
    policies.length * worlds.reduce((sum, { trace }) => sum + Math.floor(minutesOf(trace) / 1_440), 0);
  let days = 0;
  const onDay = () => onProgress?.(++days, ofDays);
  const runs = worlds.flatMap(({ shard, trace, capacity }) =>
    policies.map(async (policy) => {
      const options = policy === 'static' ? { bridges: bridgesForPeak(trace.values, capacity) } : {};
      const { score } = await pool.run({ trace, policy, options, seed: 1, shard: { capacity } }, onDay);
      return { shard, policy, score, meetsLevel: meetsLevel(score) };
    }),
  );
  return Promise.all(runs);
}

function bridgesForPeak(people: readonly number[], capacity: number): number {
  const highest = people.reduce((most, one) => Math.max(most, one), 0);
  return Math.ceil(highest / capacity / staticFill);
}
