import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInfo } from './info.ts';
import { listProcesses, reload } from './processes.ts';
import { RuntimeError } from './runtime-error.ts';
import { RealHaproxy } from './testing/real-haproxy.ts';

describe('processes', () => {
  it('follows a reload: the new worker answers, the old one stays as long as its connection', async () => {
    await using haproxy = await RealHaproxy.start();
    const { pid: first } = await readInfo(haproxy.client);
    expect(await listProcesses(haproxy.master)).toContainEqual({ pid: first, role: 'worker' });
    // A request that never ends keeps the old worker, as a websocket would.
    const lingering = connect(haproxy.port, '127.0.0.1').on('error', () => lingering.destroy());
    lingering.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n');
    await reloadAndExpectNewWorker(haproxy, first);
    lingering.destroy();
  });

  it('says so when the new configuration does not load, and the worker serves on', async () => {
    await using haproxy = await RealHaproxy.start();
    const { pid } = await readInfo(haproxy.client);
    const config = join(haproxy.directory, 'haproxy.cfg');
    const good = await readFile(config, 'utf8');
    await writeFile(config, `${good}nonsense\n`);
    await expect(reload(haproxy.master)).rejects.toThrow(RuntimeError);
    expect((await readInfo(haproxy.client)).pid).toBe(pid);
    expect(await haproxy.look('anyone')).toBe('-');
    await writeFile(config, good);
    expect(await reload(haproxy.master)).not.toBe(pid);
  });
});

async function reloadAndExpectNewWorker(haproxy: RealHaproxy, first: number): Promise<void> {
  const second = await reload(haproxy.master);
  expect(second).not.toBe(first);
  expect((await readInfo(haproxy.client)).pid).toBe(second);
  const processes = await listProcesses(haproxy.master);
  expect(processes).toContainEqual({ pid: first, role: 'old' });
  expect(processes).toContainEqual({ pid: second, role: 'worker' });
  expect(processes.filter(({ role }) => role === 'master')).toHaveLength(1);
}
