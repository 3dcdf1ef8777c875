import type { Score } from './score.ts';

/** The service level that policies are judged at (scaling.md). */
export const level = { overloadPpm: 100, hotPct: 5 };

/** Is the service level held, up to a factor? */
export function meetsLevel({ overloadPpm, hotPct, cut }: Score, times = 1): boolean {
  return cut === 0 && overloadPpm <= times * level.overloadPpm && hotPct <= Math.sqrt(times) * level.hotPct;
}

/** The mean of what each seed gave; what was cut is added up. */
export function meanScore(scores: readonly Score[]): Score {
  const [first] = scores;
  if (!first) throw new RangeError('no scores');
  const keys = Object.keys(first) as (keyof Score)[];
  const entries = keys.map((key) => {
    const sum = scores.reduce((total, score) => total + score[key], 0);
    return [key, key === 'cut' || key === 'unserved' ? sum : sum / scores.length] as const;
  });
  return { ...first, ...Object.fromEntries(entries) };
}
