import type { ScaleDecision, ScaledBridge, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen } from './pack.ts';
import type { JitsiAutoscalerOptions } from './schema.ts';

/**
 * jitsi/jitsi-autoscaler: the mean stress of a group by periods; a bridge that says nothing counts as idle. It takes down
 * those without figures first, then those with the fewest people; they end when they are empty.
 */
export class JitsiAutoscalerPolicy implements ScalePolicy {
  readonly #options: JitsiAutoscalerOptions;
  #means: number[] = [];
  #desired: number | undefined;
  #changedMs = Number.NEGATIVE_INFINITY;

  constructor(options: JitsiAutoscalerOptions) {
    this.#options = options;
  }

  decide({ nowMs, bridges }: ScaleView): ScaleDecision {
    const { upAt, downBelow, upPeriods, downPeriods, quantity, graceMs, min } = this.#options;
    const staying = bridges.filter(({ state }) => state !== 'ending');
    const desired = this.#desired ?? staying.length;
    const mean = staying.reduce((sum, { load }) => sum + (load ?? 0), 0) / Math.max(1, staying.length);
    this.#means = [...this.#means, mean].slice(-Math.max(upPeriods, downPeriods));
    const lately = (periods: number, test: (mean: number) => boolean) =>
      this.#means.length >= periods && this.#means.slice(-periods).every(test);
    let next = desired;
    if (nowMs - this.#changedMs >= graceMs) {
      if (lately(upPeriods, (one) => one >= upAt)) next = desired + quantity;
      else if (lately(downPeriods, (one) => one < downBelow)) next = desired - quantity;
    }
    next = Math.max(min, next);
    if (next !== desired) this.#changedMs = nowMs;
    this.#desired = next;
    const leastFirst = staying.toSorted(
      (a, b) => Number(isReporting(a)) - Number(isReporting(b)) || (a.load ?? 0) - (b.load ?? 0),
    );
    const end = new Set(leastFirst.slice(0, Math.max(0, staying.length - next)).map(({ name }) => name));
    return {
      exist: next,
      open: allOpen(bridges),
      end,
      reasons: [`${next} instances, mean stress ${mean.toFixed(2)}`],
    };
  }
}

function isReporting({ state, load }: ScaledBridge): boolean {
  return state !== 'starting' && load !== undefined;
}
