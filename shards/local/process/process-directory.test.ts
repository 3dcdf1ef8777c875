import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sleep, waitFor } from '../../../common/time.ts';
import { ProcessDirectory } from './process-directory.ts';
import { processIdentity } from './process-identity.ts';

let directory: string;
let processes: ProcessDirectory;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-processes-'));
  processes = new ProcessDirectory(directory);
});

afterEach(async () => {
  await processes.removeOrphans();
  for (const { name } of processes.list()) await processes.stop(name, 0);
  rmSync(directory, { recursive: true, force: true });
});

function sleeper(name: string) {
  return { name, command: 'sleep', args: ['600'] };
}

/** A shell script; it says `up` once it can be signalled as it wants to be. */
function shell(name: string, script: string) {
  return { name, command: 'sh', args: ['-c', script] };
}

function whenSaid(name: string, text: string) {
  return waitFor(() => (processes.logTail(name).includes(text) ? true : undefined), {
    timeoutMs: 5_000,
    describe: () => `${name} did not say ${text}`,
  });
}

/** Runs `script` in another Node process, which has `processes` of the same directory, and kills it at its end. */
function inKilledProcess(script: string) {
  const module = JSON.stringify(new URL('process-directory.ts', import.meta.url).href);
  const source = `
    const { ProcessDirectory } = await import(${module});
    const processes = new ProcessDirectory(${JSON.stringify(directory)});
    ${script}
    process.kill(process.pid, 'SIGKILL');`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', source]);
}

describe('ProcessDirectory', () => {
  it('finds a process again that was started by one that has been killed', () => {
    const run = inKilledProcess(`await processes.start(${JSON.stringify(sleeper('redis'))});`);
    expect(run.signal).toBe('SIGKILL');
    expect(processes.list().map(({ name }) => name)).toEqual(['redis']);
  });

  it('starts a name once', async () => {
    const first = await processes.start(sleeper('redis'));
    expect(await processes.start(sleeper('redis'))).toEqual(first);
  });

  it('starts anew what has died, and keeps the log of the run before', async () => {
    const first = await processes.start(shell('agent', 'echo first; exit 3'));
    await whenSaid('agent', 'first');
    await waitFor(() => (processes.isRunning('agent') ? undefined : true), {
      timeoutMs: 5_000,
      describe: () => 'it still runs',
    });
    const second = await processes.start(shell('agent', 'echo second; exec sleep 600'));
    await whenSaid('agent', 'second');
    expect(second.pid).not.toBe(first.pid);
    expect(readFileSync(`${processes.logFile('agent')}.previous`, 'utf8')).toBe('first\n');
  });

  it('stops a process and what it started', async () => {
    await processes.start(shell('proxy', 'sleep 600 & echo $!; wait'));
    const child = await waitFor(() => Number(processes.logTail('proxy')[0]) || undefined, {
      timeoutMs: 5_000,
      describe: () => 'no child',
    });
    await processes.stop('proxy');
    expect(processIdentity(child)).toBeUndefined();
    expect(processes.list()).toEqual([]);
  });

  it('kills what does not end in time', async () => {
    const { pid } = await processes.start(
      shell('stubborn', 'trap "" TERM; echo up; while :; do sleep 0.1; done'),
    );
    await whenSaid('stubborn', 'up');
    await processes.stop('stubborn', 200);
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('never ends a stranger to whom a recorded pid has passed', async () => {
    const record = await processes.start(sleeper('redis'));
    // Starts are told apart by clock ticks of 10 ms; no kernel gives a pid away again so soon.
    await sleep(30);
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    await once(stranger, 'spawn');
    await processes.stop('redis');
    writeFileSync(join(directory, 'run', 'redis.json'), JSON.stringify({ ...record, pid: stranger.pid }));

    expect(processes.isRunning('redis')).toBe(false);
    await processes.stop('redis');
    await processes.removeOrphans();
    expect(processIdentity(stranger.pid ?? 0)).toBeDefined();
    stranger.kill();
  });

  it('ends what a killed starter left without a record, and nothing else', async () => {
    await processes.start(sleeper('kept'));
    const { pid } = await processes.start(sleeper('lost'));
    rmSync(join(directory, 'run', 'lost.json'));
    expect(await processes.removeOrphans()).toEqual(['lost']);
    expect(processIdentity(pid)).toBeUndefined();
    expect(processes.isRunning('kept')).toBe(true);
  });

  it('replaces an orphan when its name is started', async () => {
    const { pid } = await processes.start(sleeper('lost'));
    rmSync(join(directory, 'run', 'lost.json'));
    await processes.start(sleeper('lost'));
    expect(processIdentity(pid)).toBeUndefined();
    expect(processes.isRunning('lost')).toBe(true);
  });

  it('survives a record that was cut short', async () => {
    const { pid } = await processes.start(sleeper('redis'));
    writeFileSync(join(directory, 'run', 'redis.json'), '{"name": "red');
    expect(await processes.removeOrphans()).toEqual(['redis']);
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('says which program is missing', async () => {
    await expect(processes.start({ name: 'redis', command: 'no-such-program', args: [] })).rejects.toThrow(
      /^redis: can't run no-such-program: .*ENOENT/,
    );
    expect(existsSync(join(directory, 'run', 'redis.json'))).toBe(false);
  });
});
