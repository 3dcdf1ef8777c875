import type { ScaleDecision, ScaledBridge, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen } from './pack.ts';
import type { HpaOptions } from './schema.ts';

/** Within this of the target it changes nothing (Kubernetes' default). */
const tolerance = 0.1;

/**
 * Kubernetes' HorizontalPodAutoscaler on the average traffic of a pod, with its default behaviour: up by 4 or by 100 %
 * within 15 s, down by 100 %. Pods end by their grace period when they are empty. Looked at once a minute, it may double
 * four times.
 */
export class HpaPolicy implements ScalePolicy {
  readonly #options: HpaOptions;
  /** What it would have wanted, the last first out. */
  #wanted: { readonly atMs: number; readonly replicas: number }[] = [];
  #replicas: number | undefined;

  constructor(options: HpaOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#wanted = [];
    this.#replicas = undefined;
  }

  decide({ nowMs, bridges }: ScaleView): ScaleDecision {
    const staying = bridges.filter(({ state }) => state !== 'ending');
    const replicas = this.#replicas ?? staying.length;
    const recommended = this.#recommended(staying, replicas);
    this.#wanted = this.#wanted.filter(({ atMs }) => nowMs - atMs < this.#options.stabilizationMs);
    this.#wanted.push({ atMs: nowMs, replicas: recommended });
    const highest = Math.max(...this.#wanted.map((one) => one.replicas));
    const next = Math.max(
      this.#options.min,
      recommended > replicas ? recommended : Math.min(replicas, highest),
    );
    this.#replicas = next;
    const open = allOpen(bridges);
    const reasons = [`${next} pods: ${recommended} by the load, ${highest} at most lately`];
    if (this.#options.workload === 'deployment') {
      return { exist: next, open, end: namesOf(staying.toSorted(forDeletion).slice(next)), reasons };
    }
    const isEnding = staying.length < bridges.length;
    if (isEnding) return { exist: staying.length, open, reasons: ['waits for the highest ordinal to end'] };
    return { exist: next, open, end: namesOf(staying.length > next ? staying.slice(-1) : []), reasons };
  }

  #recommended(staying: readonly ScaledBridge[], replicas: number): number {
    const known = staying.flatMap(({ state, load }) => (state === 'starting' ? [] : (load ?? [])));
    if (known.length === 0) return replicas;
    const mean = known.reduce((sum, load) => sum + load, 0) / known.length;
    if (Math.abs(mean / this.#options.target - 1) <= tolerance) return replicas;
    // Pods that are not ready or not known count as idle before it scales up, and as on target before it scales down.
    const up = mean > this.#options.target;
    const filled = known.length * mean + (up ? 0 : (staying.length - known.length) * this.#options.target);
    const ratio = filled / staying.length / this.#options.target;
    if (Math.abs(ratio - 1) <= tolerance || ratio > 1 !== up) return replicas;
    return Math.min(Math.ceil(ratio * staying.length), Math.max(replicas + 16, replicas * 16));
  }
}

/** A ReplicaSet deletes pods that are not ready first, then the newest: they come last here. */
function forDeletion(a: ScaledBridge, b: ScaledBridge): number {
  return Number(a.state === 'starting') - Number(b.state === 'starting') || a.startedMs - b.startedMs;
}

function namesOf(bridges: readonly ScaledBridge[]): Set<string> {
  return new Set(bridges.map(({ name }) => name));
}
