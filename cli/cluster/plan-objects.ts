import { UsageError } from '../../common/errors.ts';
import type { ApiServer } from './api-server.ts';
import { type Discovery, pathOf, type Resource } from './discovery.ts';
import { type Manifest, wordsFor } from './manifest.ts';
import { serverVersion } from './server-version.ts';

/** What others need stands before them; kinds that are not named come last. */
const order = [
  'Namespace',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
  'Service',
  'StatefulSet',
  'Deployment',
];

/** An object, and where its cluster keeps it. */
export interface Planned {
  readonly object: Manifest;
  readonly resource: Resource;
  readonly path: string;
}

/**
 * The objects in the order in which they are applied.
 *
 * @throws UsageError naming those whose API version the cluster does not have
 */
export async function planObjects(
  objects: readonly Manifest[],
  server: ApiServer,
  discovery: Discovery,
): Promise<Planned[]> {
  const planned: Planned[] = [];
  const unknown: string[] = [];
  for (const object of objects) {
    const resource = await discovery.find(object);
    if (resource) planned.push({ object, resource, path: pathOf(resource, object.metadata) });
    else unknown.push(`${wordsFor(object)}: there is no ${object.kind} of ${object.apiVersion}`);
  }
  if (unknown.length > 0) {
    const what = `context "${server.context}" (Kubernetes ${await serverVersion(server)})`;
    throw new UsageError(`nothing was applied: ${what} lacks what is needed\n  ${unknown.join('\n  ')}`);
  }
  return planned.sort((a, b) => rank(a.object) - rank(b.object));
}

function rank({ kind }: Manifest): number {
  const index = order.indexOf(kind);
  return index === -1 ? order.length : index;
}
