import { z } from 'zod';
import type { ApiServer } from '../../cluster/api-server.ts';
import { inParallel } from '../../cluster/in-parallel.ts';
import { error, type Finding } from '../finding.ts';
import { type BoundRight, boundRights } from './bound-rights.ts';
import { aboutObjects, type ClusterCheck } from './cluster-view.ts';

const reviews = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const review = z.object({ status: z.object({ allowed: z.boolean() }) });

/** May the orchestrator what the fleet's roles say? By the API server's own word about its account. */
export const rightsCheck: ClusterCheck = {
  name: 'rights',
  about: 'the orchestrator may what it must',
  live: false,
  run: (view) =>
    aboutObjects(view, async (objects) => {
      const { server, namespace } = view;
      const wanted = boundRights(objects, { name: 'orchestrator', namespace });
      const asked = await inParallel(wanted, async (right) => {
        return (await isAllowed(server, right, namespace)) ? [] : [right];
      });
      return judgeMissing(asked.flat());
    }),
};

/** One finding for each namespace: what lacks there lacks by one binding. */
function judgeMissing(missing: readonly BoundRight[]): Finding[] {
  const byPlace = Object.groupBy(missing, ({ namespace }) => namespace ?? 'the whole cluster');
  return Object.entries(byPlace).map(([place, rights = []]) => {
    const words = [...new Set(rights.map(wordsOf))].join(', ');
    return error(place, `the orchestrator may not ${words}`, '`usher apply` brings its roles and bindings');
  });
}

function wordsOf({ verb, group, resource, name }: BoundRight): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
}

async function isAllowed(server: ApiServer, right: BoundRight, account: string): Promise<boolean> {
  const { verb, group, name, namespace } = right;
  const [resource, subresource] = right.resource.split('/');
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: `system:serviceaccount:${account}:orchestrator`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${account}`],
      resourceAttributes: { verb, group, resource, subresource, name, namespace },
    },
  };
  return (await server.ask(reviews, review, { method: 'POST', body })).status.allowed;
}
