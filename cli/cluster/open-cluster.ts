import type { Context } from '../context.ts';
import { ApiServer } from './api-server.ts';

/** The API server of the cluster that `context` names; throws as `loadKubeConfig` does. */
export async function openCluster({
  cluster,
  signal,
}: Pick<Context, 'cluster' | 'signal'>): Promise<ApiServer> {
  // The library takes 0.6 s to load, which who has no cluster shall not wait for.
  const { loadKubeConfig } = await import('../../shards/kubernetes/client.ts');
  return new ApiServer(loadKubeConfig({ context: cluster.context }), signal);
}
