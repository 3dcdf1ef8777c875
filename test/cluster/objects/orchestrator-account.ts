import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { exampleFolder } from '../../kustomize/usher-fleet.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { applyObjects, parseObjects } from '../apply-objects.ts';
import type { ControlPlane } from '../control-plane.ts';

/** The orchestrator's ServiceAccount, as the API server names it. */
export const orchestratorUser = 'system:serviceaccount:usher:orchestrator';

const kinds = ['Namespace', 'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];

/**
 * Applies what usher's manifests give the orchestrator, and no more of them; in a shard's namespace, the shard's own
 * do. Gives what was applied, and the text of a kubeconfig with its token.
 */
export async function makeOrchestratorAccount(
  controlPlane: ControlPlane,
): Promise<{ objects: KubernetesObject[]; kubeconfig: string }> {
  const rendered = parseObjects(await renderFolder(join(exampleFolder, 'usher')));
  const objects = rendered.filter(({ kind = '' }) => kinds.includes(kind));
  await applyObjects(controlPlane.admin, objects);
  return { objects, kubeconfig: await controlPlane.kubeconfigFor('usher', 'orchestrator') };
}
