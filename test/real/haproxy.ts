import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { waitFor } from '../../common/time.ts';

/** Which HAProxy to run, over what. */
export interface HaproxyProcessOptions {
  /** `haproxy` unless given. */
  binary?: string;
  configFile: string;
  args?: readonly string[];
  /** A port of loopback the configuration binds; taken as started once it accepts. */
  readyPort: number;
}

/** A real HAProxy in the foreground, one process. */
export interface HaproxyProcess {
  readonly pid: number;
  /** Kills it and waits for its end. */
  stop(): Promise<void>;
}

/** Throws an Error with HAProxy's own words when it does not start within 10 s. */
export async function startHaproxy(options: HaproxyProcessOptions): Promise<HaproxyProcess> {
  const child = spawn(
    options.binary ?? 'haproxy',
    ['-db', '-f', options.configFile, ...(options.args ?? [])],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4000);
  });
  child.on('error', (error) => {
    words += error.message;
  });
  try {
    await waitFor(() => (ended(child) ? false : accepts(options.readyPort)), {
      timeoutMs: 10_000,
      describe: () => `HAProxy did not start: ${words}`,
    });
    if (ended(child)) throw new Error(`HAProxy did not start: ${words}`);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { pid: child.pid ?? 0, stop: () => stop(child) };
}

function ended(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function stop(child: ChildProcess): Promise<void> {
  if (ended(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

function accepts(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    socket.once('connect', () => socket.destroy());
  });
}
