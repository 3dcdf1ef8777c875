import { ahead, level, type Method } from './method.ts';

/** How well a method forecast a series, 15 minutes ahead. */
export interface Accuracy {
  /** Sum of the misses by sum of the loads, in per cent. */
  readonly wapePct: number;
  /** Mean pinball loss of the 97.5 % quantile, in per cent of the mean load. */
  readonly pinballPct: number;
  /** How often the quantile was not exceeded, in per cent. */
  readonly coveragePct: number;
  readonly microsecondsPerStep: number;
}

/** Lets a method forecast the whole series, from nothing; all of it counts. */
export function measure(method: Method, loads: readonly number[], startMs: number, stepMs: number): Accuracy {
  const begun = performance.now();
  const said = loads.map((load, step) => method.next(startMs + step * stepMs, load));
  const microseconds = (1000 * (performance.now() - begun)) / loads.length;
  let total = 0;
  let missed = 0;
  let pinball = 0;
  let covered = 0;
  for (const [step, load] of loads.slice(ahead).entries()) {
    const { mean, high = mean } = said[step] ?? { mean: 0 };
    total += load;
    missed += Math.abs(load - mean);
    pinball += Math.max(level * (load - high), (level - 1) * (load - high));
    if (load <= high) covered += 1;
  }
  return {
    wapePct: (100 * missed) / total,
    pinballPct: (100 * pinball) / total,
    coveragePct: (100 * covered) / (loads.length - ahead),
    microsecondsPerStep: microseconds,
  };
}
