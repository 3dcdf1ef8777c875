import type {
  V1ContainerState,
  V1ContainerStatus,
  V1Pod,
  V1PodCondition,
  V1PodStatus,
} from '@kubernetes/client-node';
import type { PodAddresses } from './field-value.ts';

/** What is known of one container. */
export interface ContainerProgress {
  readonly name: string;
  readonly image: string;
  state: V1ContainerState;
  lastState?: V1ContainerState;
  ready: boolean;
  restarts: number;
}

/** What is known of a pod on its node. */
export interface PodProgress {
  readonly startedAt: Date;
  readonly addresses: PodAddresses;
  readonly initContainers: readonly ContainerProgress[];
  readonly containers: readonly ContainerProgress[];
}

/** The container before anything was done for it. */
export function waitingContainer(name: string, image: string, reason: string): ContainerProgress {
  return { name, image, state: { waiting: { reason } }, ready: false, restarts: 0 };
}

/** A pod's status as a kubelet would write it. */
export function podStatus(pod: V1Pod, progress: PodProgress): V1PodStatus {
  const { initContainers, containers, addresses } = progress;
  const initialized = initContainers.every(({ state }) => state.terminated?.exitCode === 0);
  const ready = containers.every((container) => container.ready);
  const gates = (pod.spec?.readinessGates ?? []).every(({ conditionType }) =>
    pod.status?.conditions?.some(({ type, status }) => type === conditionType && status === 'True'),
  );
  const started = containers.every(({ state, restarts }) => state.running !== undefined || restarts > 0);
  return {
    phase: initialized && started ? 'Running' : 'Pending',
    conditions: [
      condition(pod, 'PodScheduled', true),
      condition(pod, 'Initialized', initialized),
      condition(pod, 'ContainersReady', ready),
      condition(pod, 'Ready', ready && gates),
    ],
    startTime: progress.startedAt,
    hostIP: addresses.hostIp,
    hostIPs: [{ ip: addresses.hostIp }],
    podIP: addresses.podIp,
    podIPs: [{ ip: addresses.podIp }],
    initContainerStatuses: initContainers.map(containerStatus),
    containerStatuses: containers.map(containerStatus),
  };
}

function condition(pod: V1Pod, type: string, holds: boolean): V1PodCondition {
  const status = holds ? 'True' : 'False';
  const before = pod.status?.conditions?.find((known) => known.type === type && known.status === status);
  return { type, status, lastTransitionTime: before?.lastTransitionTime ?? new Date() };
}

function containerStatus(container: ContainerProgress): V1ContainerStatus {
  const { name, image, state, lastState, ready, restarts } = container;
  const started = state.running !== undefined;
  const imageID = `fake://${image}`;
  return { name, image, imageID, state, lastState: lastState ?? {}, ready, started, restartCount: restarts };
}
