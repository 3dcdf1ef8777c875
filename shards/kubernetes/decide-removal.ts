import { costOf, isScaledByHpa } from './bridges.ts';
import type { Deployment, Pod } from './objects.ts';
import { isReady } from './pod-state.ts';

/** Deletion cost of a bridge that is to go; those that stay are above it. */
export const victimCost = -1000;

/** What decides the next step of a removal. */
export interface RemovalView {
  /** The bridges' Deployment; undefined when there is none. */
  readonly deployment: Deployment | undefined;
  /** The bridges' pods that are not ending. */
  readonly pods: readonly Pod[];
}

/**
 * The next step. `cost`: give pods this deletion cost (undefined: none), then look again. `lower`: ask for so many
 * replicas, on the condition that the Deployment has not changed. `wait`: it is under way. `refuse`: not exactly these
 * would go.
 */
export type RemovalStep = { readonly reason: string } & (
  | { readonly kind: 'done' | 'wait' | 'refuse' }
  | { readonly kind: 'cost'; readonly pods: readonly Pod[]; readonly cost: number | undefined }
  | { readonly kind: 'lower'; readonly replicas: number; readonly resourceVersion: string }
);

/**
 * Decides from what is there alone, so that whoever leads next goes on where one that died has stopped. A ReplicaSet
 * ends the pods that are not ready first, then those with the lowest deletion cost: exactly the victims go when all
 * others are ready and cost more, and nothing else is under way.
 */
export function decideRemoval({ deployment, pods }: RemovalView, names: readonly string[]): RemovalStep {
  const victims = pods.filter(({ metadata }) => names.includes(metadata.name));
  if (victims.length === 0) return { kind: 'done', reason: 'none of them is there' };
  if (!deployment) return { kind: 'refuse', reason: 'the Deployment jvb is not there' };
  const { metadata, spec, status } = deployment;
  if (isScaledByHpa(deployment)) {
    return { kind: 'refuse', reason: 'a HorizontalPodAutoscaler sets their number (component bridge-hpa)' };
  }
  if (status.observedGeneration !== metadata.generation || status.replicas !== pods.length) {
    return { kind: 'wait', reason: 'the Deployment jvb has not come to rest' };
  }
  // Lowered already, by us or by one that died: to lower it again would end a bridge too many.
  if (spec.replicas < pods.length) return { kind: 'wait', reason: 'its bridges are becoming fewer' };
  if (spec.replicas > pods.length) return { kind: 'wait', reason: 'its bridges are becoming more' };
  if (status.updatedReplicas !== status.replicas) {
    return { kind: 'refuse', reason: 'the Deployment jvb is being rolled out' };
  }
  const others = pods.filter((pod) => !victims.includes(pod));
  const unready = others.find((pod) => !isReady(pod));
  if (unready) {
    return {
      kind: 'refuse',
      reason: `${unready.metadata.name}, which stays, is not ready and would go first`,
    };
  }
  const cheap = others.filter((pod) => costOf(pod) <= victimCost);
  if (cheap.length > 0) {
    return { kind: 'cost', pods: cheap, cost: undefined, reason: 'others would go first' };
  }
  const dear = victims.filter((pod) => costOf(pod) !== victimCost);
  if (dear.length > 0) return { kind: 'cost', pods: dear, cost: victimCost, reason: 'they must go first' };
  const { resourceVersion } = metadata;
  return { kind: 'lower', replicas: others.length, resourceVersion, reason: 'all is at rest' };
}
