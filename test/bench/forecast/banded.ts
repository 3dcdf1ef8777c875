import { Residuals } from '../../../orchestrator/scaling/forecast/residuals.ts';
import { stepOf } from '../../../orchestrator/scaling/forecast/step.ts';
import { ahead, level, type Method } from './method.ts';

/** Gives a method of means alone the band that ours has: quantiles of its own misses by the hour, held to their level. */
export function banded(method: Method): Method {
  const residuals = new Residuals();
  const said: { readonly mean: number; readonly high: number }[] = [];
  return {
    next(wallMs, load) {
      if (said.length === ahead) {
        const before = said.shift();
        if (before) {
          residuals.observe(stepOf(wallMs), load - before.mean);
          residuals.covered(level, load <= before.high);
        }
      }
      const { mean } = method.next(wallMs, load);
      const high = mean + (residuals.quantile(stepOf(wallMs) + ahead, level) ?? mean * 0.3);
      said.push({ mean, high });
      return { mean, high };
    },
  };
}
