import { CoreV1Api, type KubeConfig, type V1Node, type V1Pod } from '@kubernetes/client-node';
import { messageOf } from '../../../common/errors.ts';
import type { Logger } from '../../../common/log.ts';
import { loop } from '../../../common/loop.ts';
import { watchObjects } from '../watch-objects.ts';
import { createNodes } from './nodes.ts';
import { PodAddressBook } from './pod-address-book.ts';
import { type PodLife, startPod } from './pod-life.ts';
import type { PodHost } from './pod-place.ts';
import { schedulePods } from './schedule-pods.ts';

/** The kubelets of all nodes, and the scheduler, in one. */
export interface Kubelet {
  /** Ends all processes of pods; the API server is not told. */
  stop(): Promise<void>;
}

/** Makes the nodes and runs the pods that fit on them. */
export async function startKubelet(
  config: KubeConfig,
  nodeCount: number,
  host: Omit<PodHost, 'core'>,
  log: Logger,
): Promise<Kubelet> {
  const core = config.makeApiClient(CoreV1Api);
  const stop = new AbortController();
  const lives = new Map<string, PodLife>();
  const addresses = new PodAddressBook();
  await createNodes(core, nodeCount);
  const nodes = await watchObjects<V1Node>(
    config,
    { path: '/api/v1/nodes', list: () => core.listNode() },
    stop.signal,
  );
  const pods = await watchObjects<V1Pod>(
    config,
    { path: '/api/v1/pods', list: () => core.listPodForAllNamespaces(), onChange },
    stop.signal,
  );
  const scheduling = loop('schedule', 50, stop.signal, log, schedulePods(core, nodes, pods));

  function onChange(pod: V1Pod, gone: boolean): void {
    const uid = pod.metadata?.uid ?? '';
    const life = lives.get(uid);
    if (gone) life?.end();
    else if (life) life.update(pod);
    else if (pod.spec?.nodeName && !stop.signal.aborted) begin(uid, pod, pod.spec.nodeName);
  }

  function begin(uid: string, pod: V1Pod, node: string): void {
    const life = startPod({ ...host, core }, pod, addresses.take(uid, node));
    lives.set(uid, life);
    const pair = { pod: pod.metadata?.name, namespace: pod.metadata?.namespace };
    life.done
      .catch((error) => log.error({ ...pair, error: messageOf(error) }, 'a pod failed the fake kubelet'))
      .finally(() => {
        lives.delete(uid);
        addresses.release(uid);
      });
  }

  return {
    async stop() {
      stop.abort();
      await scheduling;
      const left = [...lives.values()];
      for (const life of left) life.end();
      await Promise.allSettled(left.map(({ done }) => done));
    },
  };
}
