import {
  ApiException,
  type CoreV1Api,
  type ObjectCache,
  PatchStrategy,
  setHeaderOptions,
  type V1Node,
  type V1Pod,
} from '@kubernetes/client-node';
import { chooseNode } from './choose-node.ts';

/** One turn of the scheduler: places the pods that have no node, or says why none fits. */
export function schedulePods(
  core: CoreV1Api,
  nodes: ObjectCache<V1Node>,
  pods: ObjectCache<V1Pod>,
): () => Promise<void> {
  // What was bound may come back without its node from a watch that lags.
  const bound = new Map<string, string>();
  return async () => {
    const all = pods.list().map((pod) => placed(pod, bound));
    for (const [index, pod] of all.entries()) {
      if (pod.spec?.nodeName || pod.metadata?.deletionTimestamp || pod.spec?.schedulingGates?.length)
        continue;
      const choice = chooseNode(pod, nodes.list(), all);
      if ('reason' in choice) {
        await sayUnschedulable(core, pod, choice.reason).catch(unlessGone);
        continue;
      }
      await bind(core, pod, choice.node).catch(unlessGone);
      bound.set(pod.metadata?.uid ?? '', choice.node);
      all[index] = placed(pod, bound);
    }
  };
}

function placed(pod: V1Pod, bound: ReadonlyMap<string, string>): V1Pod {
  const nodeName = bound.get(pod.metadata?.uid ?? '');
  return nodeName === undefined || !pod.spec ? pod : { ...pod, spec: { ...pod.spec, nodeName } };
}

async function bind(core: CoreV1Api, pod: V1Pod, node: string): Promise<void> {
  const { name = '', namespace = '', uid = '' } = pod.metadata ?? {};
  const target = { apiVersion: 'v1', kind: 'Node', name: node };
  await core.createNamespacedPodBinding({ name, namespace, body: { metadata: { name, uid }, target } });
}

async function sayUnschedulable(core: CoreV1Api, pod: V1Pod, message: string): Promise<void> {
  const told = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (told?.message === message) return;
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
  await core.patchNamespacedPodStatus(
    { name, namespace, body: { status: { conditions: [condition] } } },
    setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
  );
}

/** It went, or was bound meanwhile. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiException) || ![404, 409].includes(error.code)) throw error;
}
