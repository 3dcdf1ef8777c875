import { z } from 'zod';
import type { ScaleDecision, ScaledBridge, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen } from './pack.ts';
import type { HpaOptions } from './schema.ts';

/** Within this of the target it changes nothing (Kubernetes' default). */
const tolerance = 0.1;
/** It looks so often, and adds so many pods each time, or doubles them (Kubernetes' defaults). */
const syncMs = 15_000;
const podsAtOnce = 4;

const rememberedHpa = z.object({ replicas: z.number() });

/**
 * Kubernetes' HorizontalPodAutoscaler on the average traffic of a pod, with its default behaviour: up by 4 or by 100 %
 * every 15 s, down by 100 %. Pods end by their grace period when they are empty.
 */
export class HpaPolicy implements ScalePolicy {
  readonly #options: HpaOptions;
  /** What it wanted within the window. */
  #wanted: { readonly atMs: number; readonly replicas: number }[] = [];
  #replicas: number | undefined;
  #syncedMs: number | undefined;

  constructor(options: HpaOptions) {
    this.#options = options;
  }

  /** The number stands in the API server; what was wanted lately is the controller's own, and lost with it. */
  memory(): unknown {
    return { replicas: this.#replicas };
  }

  begin(memory: unknown): void {
    this.#wanted = [];
    this.#replicas = rememberedHpa.safeParse(memory).data?.replicas;
    this.#syncedMs = undefined;
  }

  decide({ nowMs, bridges }: ScaleView): ScaleDecision {
    const staying = bridges.filter(({ state }) => state !== 'ending');
    const replicas = this.#sync(nowMs, staying);
    const open = allOpen(bridges);
    const highest = Math.max(...this.#wanted.map((one) => one.replicas));
    const reasons = [`${replicas} pods; ${highest} at most by the load lately`];
    if (this.#options.workload === 'deployment') {
      return { exist: replicas, open, end: namesOf(staying.toSorted(forDeletion).slice(replicas)), reasons };
    }
    const isEnding = staying.length < bridges.length;
    if (isEnding) return { exist: staying.length, open, reasons: ['waits for the highest ordinal to end'] };
    const end = namesOf(staying.length > replicas ? staying.slice(-1) : []);
    return { exist: replicas, open, end, reasons };
  }

  #sync(nowMs: number, staying: readonly ScaledBridge[]): number {
    const { min, stabilizationMs } = this.#options;
    const replicas = this.#replicas ?? staying.length;
    const syncs = this.#syncedMs === undefined ? 1 : Math.floor((nowMs - this.#syncedMs) / syncMs);
    if (syncs < 1) return replicas;
    this.#syncedMs = nowMs;
    // A controller that has just begun takes the number that it finds for its first recommendation.
    if (this.#wanted.length === 0) this.#wanted.push({ atMs: nowMs, replicas });
    const recommended = recommendedReplicas(staying, replicas, this.#options.target);
    this.#wanted = this.#wanted.filter(({ atMs }) => nowMs - atMs < stabilizationMs);
    this.#wanted.push({ atMs: nowMs, replicas: recommended });
    const highest = Math.max(...this.#wanted.map((one) => one.replicas));
    const next = recommended > replicas ? recommended : Math.min(replicas, highest);
    this.#replicas = Math.max(min, Math.min(next, mostAfter(replicas, syncs)));
    return this.#replicas;
  }
}

function mostAfter(replicas: number, syncs: number): number {
  let most = replicas;
  for (let left = Math.min(4, syncs); left > 0; left -= 1) most = Math.max(most + podsAtOnce, 2 * most);
  return most;
}

/** Pods that are pending do not count, but as idle before it scales up; those without figures neither way. */
function recommendedReplicas(staying: readonly ScaledBridge[], replicas: number, target: number): number {
  const ready = staying.filter(({ state }) => state !== 'starting');
  const known = ready.flatMap(({ load }) => load ?? []);
  if (known.length === 0) return replicas;
  const load = known.reduce((sum, one) => sum + one, 0);
  const usage = load / known.length / target;
  const isUp = usage > 1;
  const missing = ready.length - known.length;
  const counted = isUp ? staying.length : ready.length;
  const ratio = (load + (isUp ? 0 : missing * target)) / counted / target;
  if (Math.abs(ratio - 1) <= tolerance || ratio > 1 !== isUp) return replicas;
  return Math.ceil(ratio * counted - 1e-9);
}

/** A ReplicaSet deletes pods that are not ready first, then the newest: they come last here. */
function forDeletion(a: ScaledBridge, b: ScaledBridge): number {
  return Number(a.state === 'starting') - Number(b.state === 'starting') || a.startedMs - b.startedMs;
}

function namesOf(bridges: readonly ScaledBridge[]): Set<string> {
  return new Set(bridges.map(({ name }) => name));
}
