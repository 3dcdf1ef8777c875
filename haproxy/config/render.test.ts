import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError, UsherError } from '../../common/errors.ts';
import { checkConfiguration } from './check.ts';
import { type ProxySurroundings, renderProxyFiles } from './render.ts';
import { proxySettings } from './schema.ts';
import { proxyDirectory } from './testing/running-haproxy.ts';
import { testHaproxies } from './testing/versions.ts';
import { readHaproxyVersion } from './version.ts';

const minimal = {
  name: 'p',
  bind: '127.0.0.1:8001',
  agent: { spoe: '127.0.0.1:8201', http: '127.0.0.1:8301' },
};
const full = {
  ...minimal,
  bind: ['*:8001', '[::1]:8002'],
  stats: '[::1]:8404',
  limits: { threads: 2, connections: 500, rate: { requests: 0 }, hardStopAfterMs: 60_000 },
};
const agents = [{ host: '10.0.0.2', port: 8201 }];
const servers = [
  { name: 'eu-1.7', id: 12, host: '10.0.1.1', port: 8000, inService: true },
  { name: 'us-1.1', id: 13, host: 'fd00::1', port: 8000, inService: false },
];
let directory: string;

beforeAll(async () => {
  directory = await proxyDirectory();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe.each(await testHaproxies())('files for $title', ({ program, version }) => {
  it.skipIf(!version).each([
    ['the least', minimal, [], []],
    ['everything', full, servers, agents],
    ['an agent by name', full, servers, [{ host: 'proxy-1.proxies.invalid', port: 8201 }]],
  ] as const)('are taken without a warning: %s', async (what, settings, shards, backupAgents) => {
    if (version === undefined) return;
    const folder = join(directory, `${version.minor}-${what.replaceAll(' ', '-')}`);
    await writeProxy(folder, settings, { haproxyVersion: version, servers: shards, backupAgents });
    expect(await checkConfiguration(join(folder, 'haproxy.cfg'), program)).toEqual([]);
  });

  it.skipIf(!version)('are taken while the name of a shard cannot be resolved', async () => {
    if (version === undefined) return;
    const folder = join(directory, `${version.minor}-unresolved`);
    const nowhere = [{ name: 'us-2.1', id: 14, host: 'no-such-host.invalid', port: 8000, inService: true }];
    await writeProxy(folder, minimal, { haproxyVersion: version, servers: nowhere, backupAgents: [] });
    await checkConfiguration(join(folder, 'haproxy.cfg'), program);
  });

  it.skipIf(!version)('are refused with place and reason when they are damaged', async () => {
    if (version === undefined) return;
    const folder = join(directory, `${version.minor}-damaged`);
    await writeProxy(folder, minimal, { haproxyVersion: version, servers, backupAgents: [] });
    await rm(join(folder, 'rooms.map'));
    const checked = checkConfiguration(join(folder, 'haproxy.cfg'), program);
    await expect(checked).rejects.toThrow(UsherError);
    await expect(checked).rejects.toThrow(/haproxy\.cfg:\d+.*rooms\.map/s);
  });
});

describe('renderProxyFiles', () => {
  it.each(['relative', '/with space', '/with\nnewline', `/${'long/'.repeat(20)}`])(
    'refuses the folder %j',
    (folder) => {
      const version = { major: 3, minor: 2, text: '3.2.0' };
      const surroundings = { directory: folder, haproxyVersion: version, servers: [], backupAgents: [] };
      expect(() => renderProxyFiles(proxySettings.parse(minimal), surroundings)).toThrow(UsageError);
    },
  );
});

describe('proxySettings', () => {
  it.each([
    [{ ...minimal, bind: [] }],
    [{ ...minimal, bind: '127.0.0.1' }],
    [{ ...minimal, bind: '127.0.0.1:8001\n  http-request deny' }],
    [{ ...minimal, name: 'a b' }],
    [{ ...minimal, limits: { claimMs: 0 } }],
    [{ ...minimal, limits: { unheardOf: 1 } }],
  ])('refuses %j', (settings) => {
    expect(proxySettings.safeParse(settings).success).toBe(false);
  });

  it('binds statistics to loopback unless told otherwise', () => {
    expect(proxySettings.parse(minimal).stats).toEqual({ host: '127.0.0.1', port: 8404 });
  });
});

describe('readHaproxyVersion', () => {
  it('says what is missing, and what is no HAProxy', async () => {
    await expect(readHaproxyVersion('no-such-haproxy')).rejects.toThrow(
      /no-such-haproxy: there is no such program/,
    );
    await expect(readHaproxyVersion('true')).rejects.toThrow(/expected HAProxy's version, found ""/);
  });
});

async function writeProxy(
  folder: string,
  settings: object,
  surroundings: Omit<ProxySurroundings, 'directory'>,
): Promise<void> {
  const files = renderProxyFiles(proxySettings.parse(settings), { ...surroundings, directory: folder });
  await mkdir(folder);
  for (const map of ['rooms', 'slots', 'buckets', 'tenants']) await writeFile(join(folder, `${map}.map`), '');
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}
