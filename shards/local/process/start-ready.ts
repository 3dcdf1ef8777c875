import { UsherError } from '../../../common/errors.ts';
import { sleep } from '../../../common/time.ts';
import { isPortFree } from './ports.ts';
import type { ProcessDirectory, ProcessSpec } from './process-directory.ts';
import type { ProcessRecord } from './process-record.ts';

/** When a started program counts as up. */
export interface Readiness {
  /** Ports of the loopback address that it will listen on: a taken one is told before it is started. */
  readonly ports: readonly number[];
  /** Asked every 50 ms until it says true; an error counts as "not yet". */
  ready(signal: AbortSignal): Promise<boolean>;
  /** How long the program may take, in milliseconds. */
  readonly timeoutMs: number;
}

const askEveryMs = 50;

/**
 * Starts a program, unless it runs, and waits until it does its work.
 * @throws UsherError when a port is taken, and with the last lines of its log when it ends, or is not ready in time;
 * it is stopped then.
 */
export async function startReady(
  processes: ProcessDirectory,
  spec: ProcessSpec,
  readiness: Readiness,
  signal: AbortSignal,
): Promise<ProcessRecord> {
  // What runs is not waited for, so that it is never stopped for being slow: that is for probes to judge.
  const running = processes.find(spec.name);
  if (running) return running;
  // An orphan of this name would hold the ports.
  await processes.stop(spec.name);
  await checkPorts(spec.name, readiness.ports);
  const record = await processes.start(spec);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(readiness.timeoutMs)]);
  while (!bounded.aborted) {
    if (!processes.isRunning(spec.name)) throw notStarted(processes, spec, 'it ended');
    if (await isReady(readiness, bounded)) return record;
    await sleep(askEveryMs, bounded);
  }
  const error = notStarted(processes, spec, `it was not ready after ${readiness.timeoutMs} ms`);
  await processes.stop(spec.name);
  signal.throwIfAborted();
  throw error;
}

async function checkPorts(name: string, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (await isPortFree(port)) continue;
    throw new UsherError(`${name} can't start: port ${port} of 127.0.0.1 is in use by another program`);
  }
}

async function isReady(readiness: Readiness, signal: AbortSignal): Promise<boolean> {
  try {
    return await readiness.ready(signal);
  } catch {
    return false;
  }
}

function notStarted(processes: ProcessDirectory, spec: ProcessSpec, why: string): UsherError {
  const tail = processes.logTail(spec.name);
  const said = tail.length > 0 ? `its last words:\n  ${tail.join('\n  ')}` : 'it said nothing';
  return new UsherError(`${spec.name} did not start: ${why} (${spec.command}); ${said}`);
}
