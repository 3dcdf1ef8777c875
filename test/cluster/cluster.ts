import { createServer } from 'node:net';
import {
  CoreV1Api,
  DiscoveryV1Api,
  type KubernetesObject,
  type V1EndpointSlice,
  type V1Pod,
  type V1Service,
} from '@kubernetes/client-node';
import { createLogger } from '../../common/log.ts';
import { logTail } from '../../shards/local/process/process-log.ts';
import { applyObjects, parseObjects } from './apply-objects.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { startKubelet } from './kubelet/kubelet.ts';
import { containerLog } from './kubelet/pod-place.ts';
import type { Runners } from './kubelet/runners/find-runner.ts';
import { resolveName } from './service-names.ts';
import { startServiceProxy } from './service-proxy.ts';
import { watchObjects } from './watch-objects.ts';

/** A Kubernetes cluster of a test's own: a real control plane, and nodes that run simulated Jitsi pods. */
export interface Cluster extends ControlPlane {
  /** Applies objects, or the YAML of some, server-side as field manager `usher`. */
  apply(objects: string | readonly KubernetesObject[]): Promise<void>;
  /** The address behind a name, as a pod of that namespace would resolve it; see `resolveName`. */
  resolve(name: string, namespace: string): string | undefined;
  /** The pods of a namespace as last heard of, by `app.kubernetes.io/name` where it is given. */
  pods(namespace: string, app?: string): V1Pod[];
  /** The last lines that a container wrote. */
  words(namespace: string, pod: string, container: string): string[];
}

/** How large, and what more to run. */
export interface ClusterOptions {
  readonly nodes: number;
  /** Processes for containers of images that are not Jitsi's; without one they count as ready and are nothing. */
  readonly runners?: Runners;
  /** More flags for the API server. */
  readonly apiServerArgs?: readonly string[];
}

/**
 * Starts one; 4 s on two idle cores.
 * @throws Error outside the network namespace of scripts/cluster-tests.sh
 */
export async function startCluster({
  nodes,
  runners = {},
  apiServerArgs = [],
}: ClusterOptions): Promise<Cluster> {
  await checkNetwork();
  const controlPlane = await startControlPlane(undefined, apiServerArgs);
  const { admin, directory } = controlPlane;
  const stop = new AbortController();
  const core = admin.makeApiClient(CoreV1Api);
  const discovery = admin.makeApiClient(DiscoveryV1Api);
  const slices = await watchObjects<V1EndpointSlice>(
    admin,
    {
      path: '/apis/discovery.k8s.io/v1/endpointslices',
      list: () => discovery.listEndpointSliceForAllNamespaces(),
    },
    stop.signal,
  );
  const proxy = startServiceProxy(() => slices.list());
  const services = await watchObjects<V1Service>(
    admin,
    { path: '/api/v1/services', list: () => core.listServiceForAllNamespaces(), onChange: proxy.update },
    stop.signal,
  );
  const pods = await watchObjects<V1Pod>(
    admin,
    { path: '/api/v1/pods', list: () => core.listPodForAllNamespaces() },
    stop.signal,
  );
  const resolve = (name: string, namespace: string) =>
    resolveName(name, namespace, { services: services.list(), slices: slices.list(), pods: pods.list() });
  const kubelet = await startKubelet(
    admin,
    nodes,
    { directory, runners, resolve },
    createLogger('kubelet', 'warn'),
  );

  return {
    ...controlPlane,
    apply: (objects) => applyObjects(admin, typeof objects === 'string' ? parseObjects(objects) : objects),
    resolve,
    pods: (namespace, app) =>
      pods
        .list(namespace)
        .filter(({ metadata }) => app === undefined || metadata?.labels?.['app.kubernetes.io/name'] === app),
    words: (namespace, pod, container) => logTail(containerLog(directory, namespace, pod, container)),
    async stop() {
      await kubelet.stop();
      stop.abort();
      proxy.close();
      await controlPlane.stop();
    },
  };
}

function checkNetwork(): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) =>
      reject(new Error('no address of pods here: run this by npm run test:cluster', { cause })),
    );
    server.listen(0, '10.244.0.1', () => server.close(() => resolve()));
  });
}
