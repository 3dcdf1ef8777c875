import type { V1Container, V1Probe } from '@kubernetes/client-node';
import { sleep } from '../../../common/time.ts';
import { runProbe } from './run-probe.ts';

/** Tests don't wait for a probe's real period, nor for its initial delay. */
const longestPeriodMs = 1_000;
const firstPeriodMs = 200;

/** What a container's probes say. */
export interface HealthListener {
  ready(ready: boolean): void;
  /** The startup or the liveness probe has failed: the container is to be restarted. */
  unwell(): void;
}

/** Runs a container's probes, with their thresholds, until `signal` aborts. */
export async function watchHealth(
  container: V1Container,
  podIp: string,
  listener: HealthListener,
  signal: AbortSignal,
): Promise<void> {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  const probe = (one: V1Probe, turn: (passes: boolean) => void, until = signal) =>
    keepProbing(one, () => runProbe(one, container, podIp, until), turn, until);
  if (startupProbe) {
    const started = new AbortController();
    const begin = (passes: boolean) => (passes ? started.abort() : listener.unwell());
    await probe(startupProbe, begin, AbortSignal.any([signal, started.signal]));
  }
  if (signal.aborted) return;
  if (!readinessProbe) listener.ready(true);
  await Promise.all([
    readinessProbe && probe(readinessProbe, (passes) => listener.ready(passes)),
    livenessProbe && probe(livenessProbe, (passes) => (passes ? undefined : listener.unwell())),
  ]);
}

/** Calls `turn` when enough probes in a row say other than what was last told. */
async function keepProbing(
  { successThreshold = 1, failureThreshold = 3, periodSeconds = 10 }: V1Probe,
  run: () => Promise<boolean>,
  turn: (passes: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  let told: boolean | undefined;
  let last: boolean | undefined;
  let inRow = 0;
  while (!signal.aborted) {
    const passes = await run();
    if (signal.aborted) return;
    inRow = passes === last ? inRow + 1 : 1;
    last = passes;
    if (passes !== told && inRow >= (passes ? successThreshold : failureThreshold)) {
      told = passes;
      turn(passes);
    }
    await sleep(told ? Math.min(periodSeconds * 1000, longestPeriodMs) : firstPeriodMs, signal);
  }
}
