import { z } from 'zod';
import type { ApiServer } from './api-server.ts';
import { groupOf } from './discovery.ts';
import { inParallel } from './in-parallel.ts';
import type { Planned } from './plan-objects.ts';

const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const review = z.object({ status: z.object({ allowed: z.boolean() }) });

/** The verbs of a server-side apply: `create` is asked for where the object is not there yet. */
const applyVerbs = ['get', 'create', 'patch'];

/** A verb on a kind of objects. */
interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string | undefined;
}

/** Which rights to apply these objects the kubeconfig's user lacks, in words; the API server's own word counts. */
export async function missingRights(server: ApiServer, planned: readonly Planned[]): Promise<string[]> {
  const rights = new Map<string, Right>();
  for (const { object, resource } of planned) {
    const namespace = resource.namespaced ? object.metadata.namespace : undefined;
    for (const verb of applyVerbs) {
      const right = { verb, group: groupOf(resource.apiVersion), resource: resource.name, namespace };
      rights.set(wordsOf(right), right);
    }
  }
  const found = await inParallel([...rights], async ([words, right]) => {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: right },
    };
    const { status } = await server.ask(reviews, review, { method: 'POST', body });
    return status.allowed ? [] : [`forbidden: ${words}`];
  });
  return found.flat();
}

function wordsOf({ verb, group, resource, namespace }: Right): string {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}${where}`;
}
