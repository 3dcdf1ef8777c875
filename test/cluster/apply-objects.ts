import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { Discovery, pathOf } from '../../cli/cluster/discovery.ts';
import { manifest, wordsFor } from '../../cli/cluster/manifest.ts';
import { messageOf } from '../../common/errors.ts';
import { serverOf } from './server-of.ts';

const timeoutMs = 60_000;

/** The objects of a YAML stream. */
export function parseObjects(yaml: string): KubernetesObject[] {
  // As kustomize writes it and Kubernetes reads it.
  return parseAllDocuments(yaml, { version: '1.1' }).flatMap(
    (document) => (document.toJS() as KubernetesObject | null) ?? [],
  );
}

/**
 * Applies objects server-side, as they are, namespaces and definitions first. The library's own client would lose
 * fields that its classes name otherwise, such as `from` of a NetworkPolicy.
 * @throws Error that names the object, with the API server's answer.
 */
export async function applyObjects(
  config: KubeConfig,
  objects: readonly KubernetesObject[],
  fieldManager = 'usher',
): Promise<void> {
  const server = serverOf(config, AbortSignal.timeout(timeoutMs));
  const discovery = new Discovery(server);
  const first = ['Namespace', 'CustomResourceDefinition'];
  const order = objects
    .map((object) => manifest.parse(object))
    .toSorted((a, b) => Number(first.includes(b.kind)) - Number(first.includes(a.kind)));
  for (const object of order) {
    try {
      const resource = await discovery.find(object);
      if (!resource) throw new Error(`there is no ${object.kind} of ${object.apiVersion}`);
      await server.ask(pathOf(resource, object.metadata), manifest, {
        method: 'PATCH',
        headers: { 'content-type': 'application/apply-patch+yaml' },
        query: { fieldManager, force: 'true' },
        body: object,
      });
    } catch (error) {
      throw new Error(`${wordsFor(object)}: ${messageOf(error)}`, { cause: error });
    }
  }
}
