import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Container } from '@kubernetes/client-node';
import { messageOf } from '../../../common/errors.ts';
import { sleep } from '../../../common/time.ts';
import { type ContainerProcess, startContainerProcess } from './container-process.ts';
import { resolveEnvironment } from './environment.ts';
import { containerLog, type PodPlace, volumesOf } from './pod-place.ts';
import type { ContainerProgress } from './pod-status.ts';
import { MissingReference } from './references.ts';
import { findRunner } from './runners/find-runner.ts';
import { mountsOf } from './volumes.ts';
import { watchHealth } from './watch-health.ts';

/** Nobody waits for a bridge's day of grace here. */
const longestGraceMs = 5_000;

/** Runs a container, and again when it has ended, until `signal` aborts; resolves when its process is gone. */
export async function keepContainer(
  container: V1Container,
  progress: ContainerProgress,
  place: PodPlace,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const startedAt = new Date();
    let exitCode = 1;
    let message: string | undefined;
    try {
      const process = await start(container, place);
      progress.state = { running: { startedAt } };
      exitCode = await watch(process, container, progress, place, signal);
    } catch (error) {
      if (error instanceof MissingReference) {
        progress.state = { waiting: { reason: 'CreateContainerConfigError', message: error.message } };
        place.report();
        await sleep(500, signal);
        continue;
      }
      message = messageOf(error);
    }
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    const terminated = { exitCode, reason, startedAt, finishedAt: new Date(), ...(message && { message }) };
    progress.ready = false;
    progress.lastState = { terminated };
    if (signal.aborted) {
      progress.state = { terminated };
      return;
    }
    progress.restarts += 1;
    progress.state = { waiting: { reason: 'CrashLoopBackOff', ...(message && { message }) } };
    place.report();
    await sleep(Math.min(250 * 2 ** progress.restarts, 5_000), signal);
  }
}

/** The process that stands for the container; undefined when nothing does. */
async function start(container: V1Container, place: PodPlace): Promise<ContainerProcess | undefined> {
  const { host, namespace, name: podName, addresses, references } = place;
  const environment = await resolveEnvironment(container, place.pod(), addresses, references);
  const runner = findRunner(container.image ?? '', host.runners);
  if (!runner) return undefined;
  const directory = join(place.directory, container.name);
  mkdirSync(directory, { recursive: true });
  const spec = runner({
    container,
    environment,
    namespace,
    podName,
    podIp: addresses.podIp,
    directory,
    mounts: mountsOf(volumesOf(place), container),
    resolve: (name) => resolveOrThrow(name, place),
  });
  return startContainerProcess(spec, containerLog(host.directory, namespace, podName, container.name));
}

/** Waits for the container's end, or for `signal` and then ends it; returns its exit code. */
async function watch(
  process: ContainerProcess | undefined,
  container: V1Container,
  progress: ContainerProgress,
  place: PodPlace,
  signal: AbortSignal,
): Promise<number> {
  const tell = (ready: boolean) => {
    progress.ready = ready;
    place.report();
  };
  const stopped = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => stopped.resolve(), { once: true });
  if (signal.aborted) stopped.resolve();
  if (!process) {
    tell(true);
    await stopped.promise;
    return 0;
  }
  place.report();
  const over = new AbortController();
  const listener = { ready: tell, unwell: () => stopped.resolve() };
  const health = watchHealth(
    container,
    place.addresses.podIp,
    listener,
    AbortSignal.any([signal, over.signal]),
  );
  try {
    // Probes end with the container, or at once where there are none; an error among them ends it.
    await Promise.race([process.ended, stopped.promise, health.then(() => stopped.promise)]);
  } finally {
    over.abort();
    await process.stop(graceMs(place));
  }
  await health;
  return process.ended;
}

function graceMs(place: PodPlace): number {
  const { metadata, spec } = place.pod();
  const seconds = metadata?.deletionGracePeriodSeconds ?? spec?.terminationGracePeriodSeconds ?? 30;
  return Math.min(seconds * 1000, longestGraceMs);
}

function resolveOrThrow(name: string, { host, namespace }: PodPlace): string {
  const address = host.resolve(name, namespace);
  if (address === undefined) throw new Error(`${name}: no such host`);
  return address;
}
