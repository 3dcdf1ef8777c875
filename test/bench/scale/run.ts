import { manyFaults } from '../../../orchestrator/scaling/simulate/faults.ts';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import { simulate } from '../../../orchestrator/scaling/simulate/simulate.ts';
import { contenders } from './contenders.ts';
import { cutTrace, readTrace } from './traces.ts';

/** One simulation, so told that another thread can do it. */
export interface Run {
  readonly path: string;
  /** Only these days of the trace; the whole of it when absent. */
  readonly days?: readonly [from: number, to: number];
  readonly policy: string;
  /** Which of the policy's candidates. */
  readonly candidate: number;
  readonly seed: number;
  readonly faults?: boolean;
}

/** Does it. Throws when there is no such candidate. */
export async function doRun({ path, days, policy, candidate, seed, faults }: Run): Promise<Score> {
  const whole = await readTrace(path);
  const { trace, meanLoad } = days ? cutTrace(whole, ...days) : whole;
  const chosen = contenders[policy]?.[candidate];
  if (!chosen) throw new RangeError(`no candidate ${candidate} of ${policy}`);
  return simulate(trace, chosen.make(), { meanLoad, seed, ...(faults && { faults: manyFaults }) });
}
