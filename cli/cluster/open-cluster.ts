import { UsageError } from '../../common/errors.ts';
import type { Context } from '../context.ts';
import { ApiServer } from './api-server.ts';

/** The API server of the cluster that `context` names; throws as `loadKubeConfig` does, and where it names no cluster. */
export async function openCluster({
  cluster,
  signal,
}: Pick<Context, 'cluster' | 'signal'>): Promise<ApiServer> {
  // The library takes 0.6 s to load, which who has no cluster shall not wait for.
  const { loadKubeConfig } = await import('../../shards/kubernetes/client.ts');
  const { ClusterHttp } = await import('../../shards/kubernetes/cluster-http.ts');
  const config = loadKubeConfig({ context: cluster.context });
  if (config.getCurrentCluster() === null) {
    throw new UsageError('the kubeconfig names no cluster; --context chooses one');
  }
  return new ApiServer(new ClusterHttp(config), config.getCurrentContext(), signal);
}
