import { z } from 'zod';
import { count } from '../../common/words.ts';
import { type Pod, pod } from '../../shards/kubernetes/objects.ts';
import { podTrouble } from '../../shards/kubernetes/pod-state.ts';
import type { ApiServer } from './api-server.ts';

const podList = z.object({ items: z.array(pod) });

/** More would not fit on a line. */
const named = 3;

/** The pods of a namespace that are not ready, by name and with Kubernetes' own reason; empty when all are. */
export async function unreadyPods(server: ApiServer, namespace: string): Promise<string> {
  const { items } = await server.ask(`/api/v1/namespaces/${namespace}/pods`, podList);
  return describeUnready(items);
}

/** These pods' part of a progress line; nothing of those that end or have done what they were for. */
export function describeUnready(pods: readonly Pod[]): string {
  const unready = pods.flatMap((one) => {
    const isOver = one.metadata.deletionTimestamp !== undefined || one.status.phase === 'Succeeded';
    const trouble = isOver ? undefined : podTrouble(one);
    return trouble === undefined ? [] : [`${one.metadata.name}: ${trouble}`];
  });
  const words = unready.slice(0, named);
  if (unready.length > named) words.push(`${count(unready.length - named, 'pod')} more not ready`);
  return words.join('; ');
}
