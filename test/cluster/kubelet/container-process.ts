import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { sleep } from '../../../common/time.ts';
import type { ProcessSpec } from '../../../shards/local/process/process-directory.ts';

/** The process of a container. */
export interface ContainerProcess {
  /** Resolves with its exit code, 128 + signal if it was killed. */
  readonly ended: Promise<number>;
  /** TERM, and KILL after `graceMs`; resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a process whose words are added to `logFile`. @throws Error when it can't be executed. */
export async function startContainerProcess(spec: ProcessSpec, logFile: string): Promise<ContainerProcess> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(spec.command, spec.args, {
      stdio: ['ignore', log, log],
      env: { ...process.env, ...spec.env },
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    });
    await once(child, 'spawn');
    const ended = once(child, 'exit').then(([code]) => (code as number | null) ?? 128 + killed(child));
    return { ended, stop: (graceMs) => stop(child, ended, graceMs) };
  } finally {
    closeSync(log);
  }
}

/** The kubelet tells only these two apart. */
function killed(child: ChildProcess): number {
  return child.signalCode === 'SIGTERM' ? 15 : 9;
}

async function stop(child: ChildProcess, ended: Promise<number>, graceMs: number): Promise<void> {
  const waited = new AbortController();
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(graceMs, waited.signal)]);
  waited.abort();
  child.kill('SIGKILL');
  await ended;
}
