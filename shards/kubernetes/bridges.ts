import { clusterError, refusalOf } from './client.ts';
import type { ClusterApi } from './cluster-api.ts';
import { bridgesDeployment, deletionCostAnnotation, namespaceOf, scaledByAnnotation } from './names.ts';
import type { Deployment, Pod } from './objects.ts';

/** Whether the bridges' number is not the orchestrator's to set. */
export function isScaledByHpa({ metadata }: Deployment): boolean {
  return metadata.annotations?.[scaledByAnnotation] === 'hpa';
}

/** What it costs to end a pod, as the ReplicaSet takes it. */
export function costOf({ metadata }: Pod): number {
  return Number(metadata.annotations?.[deletionCostAnnotation] ?? 0);
}

/** Gives a pod a deletion cost; undefined takes it away. A pod that is gone needs none. @throws UsherError */
export async function setCost(
  api: ClusterApi,
  { metadata: { namespace = '', name } }: Pod,
  cost: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const value = cost === undefined ? null : String(cost);
  await patchPod(api, namespace, name, { annotations: { [deletionCostAnnotation]: value } }, signal);
}

/** Changes labels and annotations of a pod; null takes one away. A pod that is gone needs none. @throws UsherError */
export async function patchPod(
  api: ClusterApi,
  namespace: string,
  name: string,
  metadata: { labels?: Record<string, string>; annotations?: Record<string, string | null> },
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  await api.patch(path, { metadata }, signal).catch((error: unknown) => {
    if (refusalOf(error)?.code !== 404) throw clusterError(`change pod ${namespace}/${name}`, error);
  });
}

/**
 * Asks for so many bridges, if the Deployment is still as it was at `resourceVersion`.
 *
 * @returns whether it was
 * @throws UsherError for any other refusal
 */
export async function scaleBridges(
  api: ClusterApi,
  shard: string,
  to: { readonly replicas: number; readonly resourceVersion: string },
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/apis/apps/v1/namespaces/${namespaceOf(shard)}/deployments/${bridgesDeployment}/scale`;
  const { replicas, resourceVersion } = to;
  try {
    await api.patch(path, { metadata: { resourceVersion }, spec: { replicas } }, signal);
    return true;
  } catch (error) {
    if (refusalOf(error)?.code === 409) return false;
    throw clusterError(`scale the bridges of shard ${shard} to ${replicas}`, error);
  }
}
