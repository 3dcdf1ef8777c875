import { UsherError } from '../../common/errors.ts';
import { isScaledByHpa, scaleBridges } from './bridges.ts';
import type { ClusterApi } from './cluster-api.ts';
import type { ClusterView } from './cluster-view.ts';

/** How long others may keep changing the Deployment under our hands. */
const timeoutMs = 10_000;

/**
 * Asks for `count` bridges where there are fewer; where an autoscaler sets their number, that stands.
 *
 * @throws UsherError
 */
export async function addBridges(
  api: ClusterApi,
  view: ClusterView,
  shard: string,
  count: number,
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!signal.aborted) {
    const { deployment } = view.shard(shard);
    if (!deployment) throw new UsherError(`shard ${shard}: no Deployment jvb: apply its overlay`);
    if (isScaledByHpa(deployment) || deployment.spec.replicas >= count) return;
    const { resourceVersion } = deployment.metadata;
    if (await scaleBridges(api, shard, { replicas: count, resourceVersion }, signal)) return;
    if (Date.now() >= end) throw new UsherError(`shard ${shard}: its Deployment jvb changes all the time`);
    await view.changes.wait(500, signal);
  }
}
