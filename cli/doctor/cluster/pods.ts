import { z } from 'zod';
import { type Pod, pod } from '../../../shards/kubernetes/objects.ts';
import { podTrouble } from '../../../shards/kubernetes/pod-state.ts';
import { error, type Finding, warn } from '../finding.ts';
import type { ClusterCheck } from './cluster-view.ts';

const podList = z.object({ items: z.array(pod) });

/** What usher itself consists of, by `app.kubernetes.io/name`. */
const parts = ['orchestrator', 'proxy', 'redis'];

/** Do usher's own pods run, and does the orchestrator answer? */
export const podsCheck: ClusterCheck = {
  name: 'processes',
  about: 'orchestrators, proxies and Redis are ready, and the API answers',
  live: false,
  async run({ server, namespace, status }) {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const { items } = await server.ask(path, podList, {
      query: { labelSelector: 'app.kubernetes.io/part-of=usher' },
    });
    const findings = parts.flatMap((part) => judgePart(part, items));
    if (status.ok) return findings;
    const advice = 'until it does, shards, splits and changes are not looked at';
    return [...findings, error('the API', `does not answer: ${status.reason}`, advice)];
  },
};

/** What is wrong with the pods of a part: an error when none is ready. */
export function judgePart(part: string, pods: readonly Pod[]): Finding[] {
  const own = pods.filter(
    ({ metadata }) =>
      metadata.labels?.['app.kubernetes.io/name'] === part && metadata.deletionTimestamp === undefined,
  );
  if (own.length === 0) return [error(part, 'has no pod', '`usher apply` makes them; is --namespace right?')];
  const unready = own.flatMap((one) => {
    const trouble = podTrouble(one);
    return trouble === undefined ? [] : [{ name: one.metadata.name, trouble }];
  });
  const judge = unready.length === own.length ? error : warn;
  return unready.map(({ name, trouble }) =>
    judge(`pod ${name}`, trouble, `\`kubectl describe pod ${name}\` and its logs say more`),
  );
}
