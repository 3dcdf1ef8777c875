import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { waitFor } from '../../../../common/time.ts';
import { simulatorCommand } from '../launch.ts';

/** A running simulator. */
export interface TestProgram {
  url: string;
  /** Milliseconds from its start until its REST answered. */
  startedInMs: number;
  /** The exit code; null after a signal. */
  exited: Promise<number | null>;
  /** Resident bytes, and those of them that are its own: not the Node binary that all processes share. */
  memory(): { resident: number; own: number };
  /** The JSON of a GET. */
  get(path: string): Promise<Record<string, unknown>>;
  post(path: string, body?: unknown): Promise<Response>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** For tests: starts `shards/local/<kind>/main.ts` with this configuration and waits for its REST. */
export async function startProgram(
  kind: 'bridge' | 'jicofo',
  configFile: string,
  config: { restPort: number; shard: string },
): Promise<TestProgram> {
  writeFileSync(configFile, JSON.stringify(config));
  const { command, args, env } = simulatorCommand(kind, configFile);
  const startedMs = Date.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const url = `http://127.0.0.1:${config.restPort}`;
  await waitFor(() => answers(`${url}/about/version`), {
    timeoutMs: 10_000,
    everyMs: 20,
    describe: () => `${kind} did not start: ${log}`,
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return {
    url,
    startedInMs: Date.now() - startedMs,
    exited,
    memory: () => memoryOf(child),
    get: async (path) => (await fetch(`${url}${path}`)).json() as Promise<Record<string, unknown>>,
    post: (path, body) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

async function answers(url: string): Promise<true | undefined> {
  try {
    return (await fetch(url)).ok || undefined;
  } catch {
    return undefined;
  }
}

function memoryOf(child: ChildProcess): { resident: number; own: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const bytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  return { resident: bytes('VmRSS'), own: bytes('RssAnon') };
}
