import { z } from 'zod';
import { count } from '../../common/words.ts';
import type { ApiServer } from './api-server.ts';

const state = z.object({
  waiting: z.object({ reason: z.string().default('waiting'), message: z.string().optional() }).optional(),
  terminated: z.object({ reason: z.string().default('ended') }).optional(),
});
const containerStatus = z.object({
  ready: z.boolean(),
  state: state.optional(),
  lastState: state.optional(),
});
const pod = z.object({
  metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
  status: z.object({
    phase: z.string().default('Pending'),
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().default(''),
          message: z.string().default(''),
        }),
      )
      .default([]),
    initContainerStatuses: z.array(containerStatus).default([]),
    containerStatuses: z.array(containerStatus).default([]),
  }),
});
const podList = z.object({ items: z.array(pod) });

type Pod = z.infer<typeof pod>;

/** More would not fit on a line. */
const named = 3;

/** The pods of a namespace that are not ready, by name and with Kubernetes' own reason; empty when all are. */
export async function unreadyPods(server: ApiServer, namespace: string): Promise<string> {
  const { items } = await server.ask(`/api/v1/namespaces/${namespace}/pods`, podList);
  return describeUnready(items);
}

/** These pods' part of a progress line. */
export function describeUnready(pods: readonly Pod[]): string {
  const unready = pods.filter((one) => one.metadata.deletionTimestamp === undefined && !isReady(one));
  const words = unready.slice(0, named).map((one) => `${one.metadata.name}: ${reasonOf(one)}`);
  if (unready.length > named) words.push(`${count(unready.length - named, 'pod')} more not ready`);
  return words.join('; ');
}

function isReady({ status }: Pod): boolean {
  if (status.phase === 'Succeeded') return true;
  return status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
}

function reasonOf({ status }: Pod): string {
  const unscheduled = status.conditions.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  );
  if (unscheduled) return phrase(unscheduled.reason, unscheduled.message);
  const containers = [...status.initContainerStatuses, ...status.containerStatuses];
  for (const { ready, state: now, lastState } of containers) {
    if (ready || !now?.waiting) continue;
    const ended = lastState?.terminated && `last end: ${lastState.terminated.reason}`;
    return phrase(now.waiting.reason, now.waiting.message ?? ended);
  }
  return containers.some(({ ready }) => !ready) ? 'not ready' : status.phase;
}

function phrase(reason: string, message: string | undefined): string {
  return message ? `${reason}: ${message}` : reason;
}
