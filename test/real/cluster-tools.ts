import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What scripts/cluster-tools.sh puts into the cache. */
export type ClusterTool = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kustomize' | 'kwok';

/** The path of a tool: from $KUBEBUILDER_ASSETS (envtest's convention), else from the cache; undefined when in neither. */
export function findClusterTool(name: ClusterTool): string | undefined {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'usher', 'cluster', 'bin');
  const folders = [process.env.KUBEBUILDER_ASSETS ?? '', cache];
  return folders.map((folder) => join(folder, name)).find((path) => isAbsolute(path) && existsSync(path));
}

/** The path of a tool. @throws Error that says how to get it. */
export function clusterTool(name: ClusterTool): string {
  const path = findClusterTool(name);
  if (path === undefined) throw new Error(`${name} is not here: bash scripts/cluster-tools.sh gets it`);
  return path;
}
