import type { PolicyName } from '../policies/make-policy.ts';
import { bridgesForPeak } from '../simulate/bridges-for-peak.ts';
import { type Contest, compare } from '../simulate/compare.ts';
import type { SimulationPool } from '../simulate/pool.ts';
import type { Score } from '../simulate/score.ts';
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
  const contests = worlds.flatMap(({ shard, trace, capacity }) =>
    policies.map((policy): Contest => {
      const options = policy === 'static' ? { bridges: bridgesForPeak(trace, capacity) } : {};
      return { name: shard, trace, policy, options, shard: { capacity } };
    }),
  );
  const compared = await compare(pool, contests, { seeds: 1, ...(onProgress && { onProgress }) });
  return compared.map(({ name, policy, score, meetsLevel }) => ({ shard: name, policy, score, meetsLevel }));
}
