import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import { contenders } from './contenders.ts';
import { meanScore, meetsLevel } from './level.ts';
import type { Pool } from './pool.ts';
import type { Run } from './run.ts';

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
export async function tune(pool: Pool, path: string, policy: string, seeds: number): Promise<Tuned> {
  const all = contenders[policy] ?? [];
  const whole = async (candidate: number): Promise<Tuned> => {
    const runs = Array.from(
      { length: seeds },
      (_, index): Run => ({ path, policy, candidate, seed: index + 1 }),
    );
    const score = meanScore(await Promise.all(runs.map((run) => pool.run(run))));
    return { policy, options: all[candidate]?.options ?? {}, meetsLevel: meetsLevel(score), score };
  };
  if (all.length === 1) return whole(0);
  const tried = await Promise.all(
    all.map(async (_, candidate) => {
      return { candidate, score: await pool.run({ path, policy, candidate, seed: 1, days: tryDays }) };
    }),
  );
  let best: Tuned | undefined;
  for (const { candidate } of inOrder(tried).slice(0, finalists)) {
    const tuned = await whole(candidate);
    if (tuned.meetsLevel) return tuned;
    if (!best || tuned.score.overloadPpm < best.score.overloadPpm) best = tuned;
  }
  if (!best) throw new RangeError(`no candidates of ${policy}`);
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
