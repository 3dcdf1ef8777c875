import { daySteps, weekSteps } from '../../../orchestrator/scaling/forecast/step.ts';
import { ahead, type Method } from './method.ts';

/** How fast each part follows, and how much of a miss is left a step later. */
export interface HoltWintersOptions {
  readonly level: number;
  readonly day: number;
  readonly week: number;
  readonly residual: number;
}

/**
 * Double-seasonal Holt-Winters, additive, with the first-order correction of misses (Taylor 2003, Short-term electricity
 * demand forecasting using double seasonal exponential smoothing).
 */
export function holtWinters(options: HoltWintersOptions): Method {
  const days = new Float64Array(daySteps);
  const weeks = new Float64Array(weekSteps);
  let smooth: number | undefined;
  let miss = 0;
  let step = 0;
  return {
    next(_, load) {
      const before = smooth ?? load;
      const day = days[step % daySteps] ?? 0;
      const week = weeks[step % weekSteps] ?? 0;
      miss = load - (before + day + week);
      smooth = before + options.level * (load - day - week - before);
      days[step % daySteps] = day + options.day * (load - before - week - day);
      weeks[step % weekSteps] = week + options.week * (load - before - day - week);
      const then = step + ahead;
      step += 1;
      const season = (days[then % daySteps] ?? 0) + (weeks[then % weekSteps] ?? 0);
      return { mean: Math.max(0, smooth + season + options.residual ** ahead * miss) };
    },
  };
}
