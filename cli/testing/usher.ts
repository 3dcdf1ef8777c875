import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run } from '../run.ts';

const program = fileURLToPath(new URL('../usher.ts', import.meta.url));

/** What became of a command line. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command line that runs as a program of its own. */
export interface RunningUsher {
  /** Resolves when stderr has said `text`; fails when the program ends without. */
  said(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  outcome: Promise<Outcome>;
}

/** Runs a command line in this process; `signal` is its Ctrl-C. */
export async function usher(
  words: readonly string[],
  signal = new AbortController().signal,
): Promise<Outcome> {
  const stdout = new Collected();
  const stderr = new Collected();
  const code = await run(words, { stdout, stderr, signal });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Starts a command line as the shell would, and kills it after `timeoutMs`. */
export function startUsher(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  timeoutMs = 60_000,
): RunningUsher {
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const [stdout, stderr] = [new Collected(), new Collected()];
  child.stdout.pipe(stdout);
  child.stderr.pipe(stderr);
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    async said(text) {
      while (!stderr.text.includes(text)) {
        const ended = await Promise.race([
          closed.then(() => true),
          once(child.stderr, 'data').then(() => false),
        ]);
        if (ended && !stderr.text.includes(text)) throw new Error(`ended without "${text}": ${stderr.text}`);
      }
    },
    signal: (name) => void child.kill(name),
    outcome: closed.then(([code]) => ({ code, stdout: stdout.text, stderr: stderr.text })),
  };
}

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
