import type { KubeConfig } from '@kubernetes/client-node';
import { ApiServer } from '../../cli/cluster/api-server.ts';
import { ClusterHttp } from '../../shards/kubernetes/cluster-http.ts';

/** The API server of a kubeconfig, as the commands ask it. */
export function serverOf(config: KubeConfig, signal: AbortSignal): ApiServer {
  return new ApiServer(new ClusterHttp(config), config.getCurrentContext(), signal);
}
