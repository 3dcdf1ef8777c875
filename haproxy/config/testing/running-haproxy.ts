import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../../common/time.ts';

/** A HAProxy of a test's own in a directory of its own. */
export interface RunningHaproxy {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Makes a directory for one HAProxy's files. */
export async function proxyDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'usher-haproxy-'));
}

/**
 * Writes `files` into `directory` and starts HAProxy with the `haproxy.cfg` among them; resolves when `port` takes
 * connections. `stop` ends it and removes the directory.
 */
export async function startHaproxy(
  program: string,
  directory: string,
  files: Readonly<Record<string, string>>,
  port: number,
): Promise<RunningHaproxy> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  const child = spawn(program, ['-f', join(directory, 'haproxy.cfg')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const settled = async () => child.exitCode !== null || (await accepts(port)) || undefined;
    await waitFor(settled, { timeoutMs: 10_000, describe: () => `HAProxy does not listen: ${errors}` });
    if (child.exitCode !== null) throw new Error(`HAProxy did not start: ${errors}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, stop };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
