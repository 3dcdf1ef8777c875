import {
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';

/** The objects of a YAML stream. */
export function parseObjects(yaml: string): KubernetesObject[] {
  // As kustomize writes it and Kubernetes reads it.
  return parseAllDocuments(yaml, { version: '1.1' }).flatMap(
    (document) => (document.toJS() as KubernetesObject | null) ?? [],
  );
}

/**
 * Applies objects server-side, namespaces and definitions first.
 * @throws Error that names the object, with the API server's answer.
 */
export async function applyObjects(
  config: KubeConfig,
  objects: readonly KubernetesObject[],
  fieldManager = 'usher',
): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(config);
  const first = ['Namespace', 'CustomResourceDefinition'];
  const order = objects.toSorted(
    (a, b) => Number(first.includes(b.kind ?? '')) - Number(first.includes(a.kind ?? '')),
  );
  for (const object of order) {
    try {
      await api.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
    } catch (error) {
      const { namespace = '', name } = object.metadata ?? {};
      throw new Error(`${object.kind} ${namespace}/${name}: ${(error as Error).message}`, { cause: error });
    }
  }
}
