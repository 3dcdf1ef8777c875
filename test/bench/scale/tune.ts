import { meanScore, meetsLevel } from '../../../orchestrator/scaling/simulate/level.ts';
import type { SimulationPool } from '../../../orchestrator/scaling/simulate/pool.ts';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import { cutDays, type Trace } from '../../../orchestrator/scaling/simulate/trace.ts';
import type { Contender } from './contenders.ts';

/** A policy at its best. */
export interface Tuned {
  readonly policy: string;
  readonly options: object;
  readonly meetsLevel: boolean;
  readonly score: Score;
}

/** Candidates are tried first on these days, all of them: after a fortnight, for six weeks. */
const tryDays = [14, 56] as const;
/** On so few days the level is held to this factor. */
const tolerance = 3;
/** So many of those that did best there go over the whole trace. */
const finalists = 6;

/**
 * Finds a policy's cheapest candidate that holds the service level over the whole trace and all seeds; of those that do
 * not, the one with the least overload.
 */
export async function tune(
  pool: SimulationPool,
  trace: Trace,
  name: string,
  { policy, options: all }: Contender,
  seeds: number,
): Promise<Tuned> {
  const whole = async (options: object): Promise<Tuned> => {
    const ran = await Promise.all(
      Array.from({ length: seeds }, (_, index) => pool.run({ trace, policy, options, seed: index + 1 })),
    );
    const score = meanScore(ran.map((one) => one.score));
    return { policy: name, options, meetsLevel: meetsLevel(score), score };
  };
  const [only, ...others] = all;
  if (only && others.length === 0) return whole(only);
  const days = cutDays(trace, ...tryDays);
  const tried = await Promise.all(
    all.map(async (options) => {
      const { score } = await pool.run({ trace: days, policy, options, seed: 1 });
      return { options, score };
    }),
  );
  let best: Tuned | undefined;
  for (const { options } of inOrder(tried).slice(0, finalists)) {
    const tuned = await whole(options);
    if (tuned.meetsLevel) return tuned;
    if (!best || tuned.score.overloadPpm < best.score.overloadPpm) best = tuned;
  }
  if (!best) throw new RangeError(`no candidates of ${name}`);
  return best;
}

/** The cheapest first of those that seem to hold the level, then those with less overload. */
function inOrder<T extends { readonly score: Score }>(tried: readonly T[]): T[] {
  const hours = ({ score }: T) => score.bridgeHours;
  const may = tried
    .filter(({ score }) => meetsLevel(score, tolerance))
    .toSorted((a, b) => hours(a) - hours(b));
  const others = tried.filter((one) => !may.includes(one));
  return [...may, ...others.toSorted((a, b) => a.score.overloadPpm - b.score.overloadPpm)];
}
