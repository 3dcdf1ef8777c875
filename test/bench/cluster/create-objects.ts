import type { KubernetesObject } from '@kubernetes/client-node';
import type { ClusterApi } from '../../../shards/kubernetes/cluster-api.ts';

/** How many requests at a time. */
const atOnce = 10;

/** Of each kind that a shard and usher's rights are made of, where it is created. */
const plurals: Readonly<Record<string, string>> = {
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  Namespace: 'namespaces',
  Node: 'nodes',
  Role: 'roles',
  RoleBinding: 'rolebindings',
  Secret: 'secrets',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  StatefulSet: 'statefulsets',
};

/**
 * Creates objects, namespaces first: by plain requests over connections that are kept, as server-side apply of
 * thousands takes minutes.
 *
 * @throws ApiException
 */
export async function createObjects(
  api: ClusterApi,
  objects: readonly KubernetesObject[],
  signal: AbortSignal,
): Promise<void> {
  const { first = [], rest = [] } = Object.groupBy(objects, ({ kind }) =>
    kind === 'Namespace' ? 'first' : 'rest',
  );
  for (const some of [first, rest]) {
    const left = some.values();
    const work = async () => {
      for (const object of left) await api.create(pathOf(object), object, signal);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }
}

function pathOf({ apiVersion = '', kind = '', metadata }: KubernetesObject): string {
  const plural = plurals[kind];
  if (plural === undefined) throw new Error(`no path is known for ${kind}`);
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { namespace } = metadata ?? {};
  return namespace === undefined ? `${group}/${plural}` : `${group}/namespaces/${namespace}/${plural}`;
}
