import type { PolicyName } from '../policies/make-policy.ts';
import { meetsLevel } from '../simulate/level.ts';
import type { SimulationPool } from '../simulate/pool.ts';
import type { Score } from '../simulate/score.ts';
import { unlimited } from '../simulate/simulate.ts';
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
 * Lets each policy run each shard, within its bounds, through what was recorded of it. A shard of which too little is
 * known for that is left out.
 *
 * @param onProgress is told of how many simulated days so many have passed
 */
export async function costPolicies(
  pool: SimulationPool,
  recorded: readonly RecordedShard[],
  policies: readonly PolicyName[],
  onProgress?: (days: number, ofDays: number) => void,
): Promise<PolicyCost[]> {
  const traces = recorded.flatMap((shard) => {
    const trace = recordedTrace(shard, calibratePeople(shard.steps));
    return trace ? [{ ...trace, shard }] : [];
  });
  const days = traces.map(({ trace }) => Math.floor(minutesOf(trace) / 1_440));
  const ofDays = policies.length * days.reduce((sum, one) => sum + one, 0);
  let passed = 0;
  const onDay = () => onProgress?.(++passed, ofDays);
  const runs = traces.flatMap(({ shard, trace, capacity }) => {
    const limits = { ...unlimited, min: shard.min, max: shard.max };
    return policies.map(async (policy) => {
      const options = optionsOf(policy, shard, bridgesForPeak(trace.values, capacity));
      const run = { trace, policy, options, seed: 1, shard: { capacity, limits } };
      const { score } = await pool.run(run, onDay);
      return { shard: shard.name, policy, score, meetsLevel: meetsLevel(score) };
    });
  });
  return Promise.all(runs);
}

/** The policy that is set has the options that are set with it; `static` without any is made for the peak. */
function optionsOf(policy: PolicyName, shard: RecordedShard, bridges: number): object {
  const set = shard.policy.name === policy ? shard.policy.options : {};
  return policy === 'static' ? { bridges, ...set } : set;
}

function bridgesForPeak(people: readonly number[], capacity: number): number {
  const highest = people.reduce((most, one) => Math.max(most, one), 0);
  return Math.ceil(highest / capacity / staticFill);
}
