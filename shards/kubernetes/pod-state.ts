import type { Container, ContainerEnd, Pod } from './objects.ts';

/** Whether its readiness probes pass. */
export function isReady({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}

/** Why a pod is not ready, in Kubernetes' own words; undefined when it is. */
export function podTrouble(pod: Pod): string | undefined {
  if (isReady(pod)) return undefined;
  const runs = pod.status.containerStatuses?.some(({ state }) => state?.running);
  return podFault(pod) ?? (runs ? 'runs, and is not ready' : 'is starting');
}

/** What keeps a pod from becoming ready that time alone may not mend. */
export function podFault({ status }: Pod): string | undefined {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = status;
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return words(scheduled.reason, scheduled.message);
  // Containers wait for those that initialise, which say what is wrong.
  const containers = [...initContainerStatuses, ...containerStatuses];
  return containers.map(containerFault).find((fault) => fault !== undefined);
}

/** When the container last started, in milliseconds since the epoch; undefined while it does not run. */
export function containerStartedAt({ status }: Pod, name: string): number | undefined {
  const running = status.containerStatuses?.find((one) => one.name === name)?.state?.running;
  return running && Date.parse(running.startedAt);
}

/** Waits that say nothing but that there is another to wait for. */
const ordinaryWaits = ['PodInitializing', 'ContainerCreating'];

function containerFault({ name, state, lastState }: Container): string | undefined {
  const { waiting, terminated } = state ?? {};
  if (waiting && !ordinaryWaits.includes(waiting.reason ?? '')) {
    const before = lastState?.terminated ? `; it ${endWords(lastState.terminated)}` : '';
    return `container ${name}: ${words(waiting.reason, waiting.message)}${before}`;
  }
  if (terminated && terminated.exitCode !== 0) return `container ${name} ${endWords(terminated)}`;
  return undefined;
}

function endWords({ exitCode, reason = 'no reason' }: ContainerEnd): string {
  return `ended with exit code ${exitCode} (${reason})`;
}

function words(reason = 'no reason given', message = ''): string {
  return message === '' ? reason : `${reason}: ${message}`;
}
