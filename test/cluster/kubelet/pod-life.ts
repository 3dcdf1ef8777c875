import { join } from 'node:path';
import { ApiException, PatchStrategy, setHeaderOptions, type V1Pod } from '@kubernetes/client-node';
import { sleep } from '../../../common/time.ts';
import type { PodAddresses } from './field-value.ts';
import { keepContainer } from './keep-container.ts';
import { type PodHost, type PodPlace, volumesOf } from './pod-place.ts';
import { type PodProgress, podStatus, waitingContainer } from './pod-status.ts';
import { MissingReference, referencesIn } from './references.ts';
import { runInitContainer } from './run-init-container.ts';
import { writeDownwardFiles, writeVolumes } from './volumes.ts';

/** A pod on its node, from its first process to its last. */
export interface PodLife {
  /** The API server says something new of it. */
  update(pod: V1Pod): void;
  /** Ends its processes; the API server is told when it waits for that. */
  end(): void;
  /** Resolves when nothing of it is left; rejects when the API server refused what a kubelet does. */
  readonly done: Promise<void>;
}

/** Starts what the pod is made of. */
export function startPod(host: PodHost, first: V1Pod, addresses: PodAddresses): PodLife {
  let pod = first;
  const { name = '', namespace = '', uid = '' } = first.metadata ?? {};
  const { containers = [], initContainers = [] } = first.spec ?? {};
  const ending = new AbortController();
  const progress: PodProgress = {
    startedAt: new Date(),
    addresses,
    initContainers: initContainers.map((one) =>
      waitingContainer(one.name, one.image ?? '', 'PodInitializing'),
    ),
    containers: containers.map((one) => waitingContainer(one.name, one.image ?? '', 'ContainerCreating')),
  };
  const reports = inTurn(() => reportStatus());
  const place: PodPlace = {
    host,
    namespace,
    name,
    addresses,
    references: referencesIn(host.core, namespace),
    directory: join(host.directory, 'pods', namespace, name),
    pod: () => pod,
    report: reports.ask,
  };

  async function live(): Promise<void> {
    if (!pod.metadata?.deletionTimestamp) await run();
    await reports.settled();
    if (pod.metadata?.deletionTimestamp) await confirmDeletion();
  }

  async function run(): Promise<void> {
    place.report();
    await mountVolumes();
    for (const [index, container] of initContainers.entries()) {
      const own = progress.initContainers[index];
      if (own) await runInitContainer(container, own, place, ending.signal);
    }
    await Promise.all(
      containers.map((container, index) => {
        const own = progress.containers[index];
        return own && keepContainer(container, own, place, ending.signal);
      }),
    );
  }

  /** A kubelet waits for the ConfigMaps and Secrets of volumes before it creates any container. */
  async function mountVolumes(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        return await writeVolumes(volumesOf(place), pod, addresses, place.references);
      } catch (error) {
        if (!(error instanceof MissingReference)) throw error;
        for (const one of [...progress.initContainers, ...progress.containers]) {
          one.state = { waiting: { reason: 'ContainerCreating', message: error.message } };
        }
        place.report();
        await sleep(500, ending.signal);
      }
    }
  }

  async function reportStatus(): Promise<void> {
    const body = { metadata: { uid }, status: podStatus(pod, progress) };
    const patched = host.core.patchNamespacedPodStatus(
      { name, namespace, body },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    );
    await patched.catch(unlessGone);
  }

  async function confirmDeletion(): Promise<void> {
    const body = { gracePeriodSeconds: 0, preconditions: { uid } };
    await host.core.deleteNamespacedPod({ name, namespace, body }).catch(unlessGone);
  }

  return {
    done: live(),
    end: () => ending.abort(),
    update(next) {
      pod = next;
      writeDownwardFiles(volumesOf(place), pod, addresses);
      if (pod.metadata?.deletionTimestamp) ending.abort();
    },
  };
}

/** It went, or another one has its name. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiException) || ![404, 409].includes(error.code)) throw error;
}

/** One call at a time; what is asked for meanwhile is done once, after it. */
function inTurn(call: () => Promise<void>): { ask(): void; settled(): Promise<void> } {
  let wanted = false;
  let running: Promise<void> | undefined;
  async function run(): Promise<void> {
    try {
      while (wanted) {
        wanted = false;
        await call();
      }
    } finally {
      running = undefined;
    }
  }
  return {
    ask() {
      wanted = true;
      running ??= run();
      // Heard by who waits until it is settled; else the next one tries again.
      running.catch(() => undefined);
    },
    settled: async () => running,
  };
}
