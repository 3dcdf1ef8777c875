import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessDirectory } from './process-directory.ts';
import { startReady } from './start-ready.ts';

let directory: string;
let processes: ProcessDirectory;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-ready-'));
  processes = new ProcessDirectory(directory);
});

afterEach(async () => {
  for (const { name } of processes.list()) await processes.stop(name, 0);
  rmSync(directory, { recursive: true, force: true });
});

function start(script: string, timeoutMs: number, signal = new AbortController().signal) {
  const ready = async () => processes.logTail('it').includes('ready');
  return startReady(
    processes,
    { name: 'it', command: 'sh', args: ['-c', script] },
    { ports: [], timeoutMs, ready },
    signal,
  );
}

describe('startReady', () => {
  it('returns when the program is ready', async () => {
    const { name } = await start('sleep 0.2; echo ready; exec sleep 600', 5_000);
    expect(processes.isRunning(name)).toBe(true);
  });

  it('leaves a program alone that runs but does not answer', async () => {
    const { pid } = await start('echo ready; exec sleep 600', 5_000);
    writeFileSync(processes.logFile('it'), '');
    expect((await start('exec sleep 600', 300)).pid).toBe(pid);
    expect(processes.isRunning('it')).toBe(true);
  });

  it('gives the last words of a program that ended', async () => {
    await expect(start('echo address in use; exit 1', 5_000)).rejects.toThrow(
      /^it did not start: it ended \(sh\); its last words:\n {2}address in use$/,
    );
  });

  it('stops a program that is not ready in time', async () => {
    await expect(start('exec sleep 600', 300)).rejects.toThrow(
      /^it did not start: it was not ready after 300 ms \(sh\); it said nothing$/,
    );
    expect(processes.list()).toEqual([]);
  });

  it('stops the program when it is told to stop waiting', async () => {
    await expect(start('exec sleep 600', 60_000, AbortSignal.timeout(200))).rejects.toThrow(/aborted/);
    expect(processes.list()).toEqual([]);
  });
});
