import { z } from 'zod';
import type { ScaleDecision, ScaledBridge, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen } from './pack.ts';
import type { JitsiAutoscalerOptions } from './schema.ts';
import { periodMeans, periodMs, type StressSample } from './stress-periods.ts';

const remembered = z.object({
  desired: z.number(),
  changedMs: z.number().exactOptional(),
  samples: z.array(z.object({ atMs: z.number(), of: z.record(z.string(), z.number()) })),
});

/**
 * jitsi/jitsi-autoscaler: the mean stress of a group by periods, one grace for both directions, and nothing while there
 * are not as many as are desired. It takes down those that still start or say nothing first, then those with the fewest
 * people; they end when they are empty.
 */
export class JitsiAutoscalerPolicy implements ScalePolicy {
  readonly #options: JitsiAutoscalerOptions;
  #samples: readonly StressSample[] = [];
  #desired: number | undefined;
  #changedMs: number | undefined;

  constructor(options: JitsiAutoscalerOptions) {
    this.#options = options;
  }

  /** The original keeps all of it in Redis. */
  memory(): unknown {
    return { desired: this.#desired, changedMs: this.#changedMs, samples: this.#samples };
  }

  begin(memory: unknown): void {
    const { desired, changedMs, samples = [] } = remembered.safeParse(memory).data ?? {};
    this.#desired = desired;
    this.#changedMs = changedMs;
    this.#samples = samples;
  }

  decide({ nowMs, bridges }: ScaleView): ScaleDecision {
    const { upPeriods, downPeriods } = this.#options;
    const staying = bridges.filter(({ state }) => state !== 'ending');
    const oldest = nowMs - Math.max(upPeriods, downPeriods) * periodMs;
    const of = Object.fromEntries(staying.filter(isReporting).map(({ name, load }) => [name, load ?? 0]));
    this.#samples = [...this.#samples.filter(({ atMs }) => atMs > oldest), { atMs: nowMs, of }];
    const before = this.#desired ?? staying.length;
    const desired = this.#isWaiting(nowMs, staying.length, before) ? before : this.#next(nowMs, before);
    if (desired !== before) this.#changedMs = nowMs;
    this.#desired = desired;
    const leastFirst = staying.toSorted(
      (a, b) => Number(isReporting(a)) - Number(isReporting(b)) || (a.load ?? 0) - (b.load ?? 0),
    );
    const end = new Set(leastFirst.slice(0, Math.max(0, staying.length - desired)).map(({ name }) => name));
    const reasons = [desired === before ? `${desired} instances` : `${before} -> ${desired} instances`];
    return { exist: desired, open: allOpen(bridges), end, reasons };
  }

  #isWaiting(nowMs: number, count: number, desired: number): boolean {
    return (
      count !== desired || (this.#changedMs !== undefined && nowMs - this.#changedMs < this.#options.graceMs)
    );
  }

  #next(nowMs: number, desired: number): number {
    const { upAt, downBelow, upPeriods, downPeriods, upQuantity, downQuantity, min } = this.#options;
    const means = periodMeans(this.#samples, nowMs, Math.max(upPeriods, downPeriods));
    if (desired < min || means.slice(0, upPeriods).every((mean) => mean >= upAt))
      return Math.max(min, desired + upQuantity);
    if (means.slice(0, downPeriods).every((mean) => mean < downBelow))
      return Math.max(min, desired - downQuantity);
    return desired;
  }
}

function isReporting({ state, load }: ScaledBridge): boolean {
  return state !== 'starting' && load !== undefined;
}
