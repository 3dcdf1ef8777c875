import type { Logger } from '../../common/log.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { loadKubeConfig } from '../../shards/kubernetes/client.ts';
import { createKubernetesDriver } from '../../shards/kubernetes/create-driver.ts';
import { FleetEvents } from '../../shards/kubernetes/fleet-events.ts';
import { ClusterWishes } from '../../shards/kubernetes/wishes/cluster-wishes.ts';
import type { Platform } from './platform.ts';

/** Where base/usher puts the orchestrators. */
const defaultNamespace = 'usher';

/**
 * The cluster that the kubeconfig names, in a pod its own; usher's namespace is that of the kubeconfig's context.
 * Throws UsageError when there is none.
 */
export function createClusterPlatform(
  { pools }: Pick<Fleet, 'pools'>,
  log: Logger,
  signal: AbortSignal,
): Platform {
  const config = loadKubeConfig();
  const namespace = config.getContextObject(config.getCurrentContext())?.namespace ?? defaultNamespace;
  const { api, view, driver, status } = createKubernetesDriver({}, log, signal);
  const wishes = new ClusterWishes({ api, view, namespace, pools, log }, signal);
  return { driver, status, wishes, events: new FleetEvents(api, namespace) };
}
