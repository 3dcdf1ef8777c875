import type { V1Container } from '@kubernetes/client-node';
import { sleep } from '../../../common/time.ts';
import { startContainerProcess } from './container-process.ts';
import { resolveEnvironment } from './environment.ts';
import { containerLog, type PodPlace, volumesOf } from './pod-place.ts';
import type { ContainerProgress } from './pod-status.ts';
import { MissingReference } from './references.ts';
import { mountsOf } from './volumes.ts';

/**
 * Runs an init container until it has succeeded, or `signal` aborts. A real shell runs its script when the container
 * mounts a volume, with the volumes' folders in place of the mounted paths; any other counts as done at once.
 */
export async function runInitContainer(
  container: V1Container,
  progress: ContainerProgress,
  place: PodPlace,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const startedAt = new Date();
    const exitCode = await runOnce(container, progress, place, signal);
    if (exitCode !== undefined) {
      const reason = exitCode === 0 ? 'Completed' : 'Error';
      progress.state = { terminated: { exitCode, reason, startedAt, finishedAt: new Date() } };
      place.report();
    }
    if (exitCode === 0) return;
    await sleep(500, signal);
  }
}

/** Its exit code; undefined when something that it needs is not there. */
async function runOnce(
  container: V1Container,
  progress: ContainerProgress,
  place: PodPlace,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const env = await resolveEnvironment(container, place.pod(), place.addresses, place.references);
    const [command, ...args] = commandOf(container, place);
    if (command === undefined) return 0;
    const log = containerLog(place.host.directory, place.namespace, place.name, container.name);
    const process = await startContainerProcess({ name: container.name, command, args, env }, log);
    progress.state = { running: { startedAt: new Date() } };
    place.report();
    const stop = () => void process.stop(0);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const exitCode = await process.ended;
    signal.removeEventListener('abort', stop);
    return exitCode;
  } catch (error) {
    if (!(error instanceof MissingReference)) throw error;
    progress.state = { waiting: { reason: 'CreateContainerConfigError', message: error.message } };
    place.report();
    return undefined;
  }
}

/** Only what works on the pod's own volumes is run: these are the test machine's files. */
function commandOf(container: V1Container, place: PodPlace): string[] {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const mounts = Object.entries(mountsOf(volumesOf(place), container));
  if (mounts.length === 0 || !/^(\/bin\/)?(ba)?sh$/.test(words[0] ?? '')) return [];
  return words.map((word) =>
    mounts.reduce(
      (text, [path, folder]) => text.replaceAll(new RegExp(`(?<![\\w.])${path}\\b`, 'g'), folder),
      word,
    ),
  );
}
