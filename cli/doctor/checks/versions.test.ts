import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usherVersion } from '../../../common/version.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { startWeb } from '../testing/web.ts';
import { judgeVersion, versionsCheck } from './versions.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await fleet.end();
});

describe('versions', () => {
  it('is content with what is installed here', async () => {
    expect(await fleet.run(versionsCheck)).toEqual([]);
  });

  it('names a program that is too old', async () => {
    const bin = join(fleet.files.folder, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'haproxy'), '#!/bin/sh\necho HAProxy version 2.4.1 2021\n');
    await chmod(join(bin, 'haproxy'), 0o755);
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    expect(await fleet.run(versionsCheck)).toMatchObject([
      { severity: 'error', what: expect.stringContaining('haproxy 2.4.1 is too old') },
    ]);
  });

  it('names a process of another usher, and a HAProxy that is not the one installed', async () => {
    const [proxy] = fleet.files.fleet.proxies;
    const entries = { rooms: 0, slots: 0, buckets: 0, tenants: 0 };
    const claims = { seated: 0, known: 0, refused: 0, failed: 0, joined: 0 };
    const status = {
      proxy: 'proxy-1',
      inStep: true,
      haproxy: { pid: 1, version: '1.8' },
      entries,
      claims,
      reloads: 0,
    };
    const agent = await startWeb((request, response) => {
      const body = request.url === '/health' ? { ok: true, version: '0.0.1' } : status;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    }, proxy?.agent.http.port);
    expect(await fleet.run(versionsCheck)).toMatchObject([
      { severity: 'warn', where: 'agent.proxy-1', what: `runs usher 0.0.1, and this is ${usherVersion}` },
      { severity: 'warn', where: 'proxy-1', what: expect.stringContaining('runs HAProxy 1.8, and 2.') },
    ]);
    agent.server.close();
  });
});

describe('judgeVersion', () => {
  it.each([
    ['22.9.0', 1],
    ['24.0.1', 0],
    ['25.1.0', 0],
  ])('of Node %s', (found, findings) => {
    expect(judgeVersion('Node', found, [24, 0], '')).toHaveLength(findings);
  });
});
