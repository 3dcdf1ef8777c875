import type { PolicyName } from '../policies/make-policy.ts';
import { bridgesForPeak } from '../simulate/bridges-for-peak.ts';
import { type CompareOptions, type Contest, compare } from '../simulate/compare.ts';
import type { SimulationPool } from '../simulate/pool.ts';
import type { Score } from '../simulate/score.ts';
import { unlimited } from '../simulate/simulate.ts';
import type { Timeline } from '../simulate/timeline.ts';
import { minutesOf, scoredPart } from '../simulate/trace.ts';
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
  /** If there should be one. */
  readonly timeline?: Timeline;
}

/** Policies learn from the first week, or from half of what is recorded where that is less. */
const mostWarmUpDays = 7;

/**
 * Lets each policy run each shard, within its bounds, through what was recorded of it. A shard of which too little is
 * known for that is left out.
 */
export async function costPolicies(
  pool: SimulationPool,
  recorded: readonly RecordedShard[],
  policies: readonly PolicyName[],
  options: Omit<CompareOptions, 'seeds'> = {},
): Promise<PolicyCost[]> {
  const traces = recorded.flatMap((shard) => {
    const trace = recordedTrace(shard, calibratePeople(shard.steps));
    return trace ? [{ ...trace, shard }] : [];
  });
  const contests = traces.flatMap(({ shard, trace, capacity }) => {
    const world = { capacity, limits: { ...unlimited, min: shard.min, max: shard.max } };
    const warmUpDays = Math.min(mostWarmUpDays, Math.floor(minutesOf(trace) / 1440 / 2));
    const bridges = bridgesForPeak(scoredPart({ trace, warmUpDays }), capacity);
    return policies.map((policy): Contest => {
      const options = optionsOf(policy, shard, bridges);
      return { name: shard.name, trace, warmUpDays, policy, options, shard: world };
    });
  });
  const compared = await compare(pool, contests, { ...options, seeds: 1 });
  return compared.map(({ name, policy, score, meetsLevel, timeline }) => {
    return { shard: name, policy, score, meetsLevel, ...(timeline && { timeline }) };
  });
}

/** The policy that is set has the options that are set with it; `static` without any is made for the peak. */
function optionsOf(policy: PolicyName, shard: RecordedShard, bridges: number): object {
  const set = shard.policy.name === policy ? shard.policy.options : {};
  return policy === 'static' ? { bridges, ...set } : set;
}
