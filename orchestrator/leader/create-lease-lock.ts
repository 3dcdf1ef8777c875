import type { KubeConfig } from '@kubernetes/client-node';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { loadKubeConfig } from '../../shards/kubernetes/client.ts';
import { ClusterApi } from '../../shards/kubernetes/cluster-api.ts';
import type { Leader } from './leader-lock.ts';
import { LeaseApi } from './lease-api.ts';
import { LeaseLock } from './lease-lock.ts';
import { RedisFence } from './redis-fence.ts';

/** Where base/usher puts the orchestrators. */
const defaultNamespace = 'usher';

/** The lock in the namespace that `config` names, in a pod its own. Throws UsageError when there is no kubeconfig. */
export function createLeaseLock(
  fleet: string,
  connection: RedisConnection,
  self: Leader,
  config: KubeConfig = loadKubeConfig(),
): LeaseLock {
  const { namespace } = config.getContextObject(config.getCurrentContext()) ?? {};
  return new LeaseLock({
    api: new LeaseApi(new ClusterApi(config), namespace ?? defaultNamespace),
    fence: new RedisFence(connection, fleet, self),
    self,
  });
}
