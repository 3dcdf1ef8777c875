import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCensus } from '../census/read-census.ts';
import { xmppDomains } from '../domains.ts';
import type { ShardEndpoints } from '../driver.ts';
import { probeJicofo } from '../probes/jicofo.ts';
import { probeProsody } from '../probes/prosody.ts';
import { probeWeb } from '../probes/web.ts';
import { shardSpec } from '../spec/schema.ts';
import { LocalDriver } from './local-driver.ts';
import { PortBook } from './process/ports.ts';
import { ProcessDirectory } from './process/process-directory.ts';

const signal = new AbortController().signal;
const domains = xmppDomains();
const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 3 } });

let directory: string;
let processes: ProcessDirectory;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-driver-'));
  processes = new ProcessDirectory(directory);
});

afterAll(async () => {
  await Promise.all(processes.list().map(({ name }) => processes.stop(name, 0)));
  rmSync(directory, { recursive: true, force: true });
});

/** As after a restart of whoever drives: nothing is remembered but what is on disk. */
function driver() {
  const ports = new PortBook(join(directory, 'ports.json'));
  return new LocalDriver({ directory: join(directory, 'shards'), processes, ports, domains });
}

function running() {
  return processes.list().map(({ name }) => name);
}

async function probes(shard: ShardEndpoints) {
  return Promise.all([
    probeWeb(shard.web, shard.name, signal),
    probeProsody(shard.prosodyHttp, shard.domains.main, signal),
    probeJicofo(shard.jicofo, signal),
  ]);
}

const healthy = [{ ok: true }, { ok: true }, { ok: true }];

describe('LocalDriver', () => {
  it('starts a shard that becomes healthy', async () => {
    const shard = await driver().ensure(spec, signal);
    await expect.poll(() => probes(shard), { timeout: 10_000 }).toEqual(healthy);
    expect(running()).toEqual(['eu-1-bridge-1', 'eu-1-jicofo', 'eu-1-prosody', 'eu-1-web']);
    expect(await readCensus(shard.prosodyHttp, domains.main, signal)).toEqual({ ok: true, rooms: [] });
    expect(await driver().list()).toEqual([shard]);
  });

  it('leaves a shard alone that is as it should be', async () => {
    const before = processes.list();
    const [shard] = await driver().list();
    expect(await driver().ensure(spec, signal)).toEqual(shard);
    expect(processes.list()).toEqual(before);
  });

  it('adds bridges, and removes exactly those that it is told', async () => {
    await driver().addBridges('eu-1', 3, signal);
    expect(running().filter((name) => name.includes('bridge'))).toEqual(
      [1, 2, 3].map((n) => `eu-1-bridge-${n}`),
    );
    await driver().removeBridges('eu-1', ['eu-1-bridge-2', 'eu-1-bridge-3', 'no-such']);
    const shard = await driver().ensure(spec, signal);
    expect(shard.bridges.map(({ name }) => name)).toEqual(['eu-1-bridge-1']);
    expect(running().filter((name) => name.includes('bridge'))).toEqual(['eu-1-bridge-1']);
  });

  it('adds the bridges that a new minimum asks for', async () => {
    const shard = await driver().ensure({ ...spec, bridges: { min: 2, max: 3 } }, signal);
    expect(shard.bridges.map(({ name }) => name)).toEqual(['eu-1-bridge-1', 'eu-1-bridge-2']);
    expect((await driver().ensure(spec, signal)).bridges).toHaveLength(2);
  });

  it('starts again what has died, on the same ports', async () => {
    const [before] = await driver().list();
    const kept = processes.find('eu-1-prosody');
    await processes.stop('eu-1-web', 0);
    await processes.stop('eu-1-bridge-2', 0);
    expect(await driver().ensure(spec, signal)).toEqual(before);
    expect(processes.find('eu-1-prosody')).toEqual(kept);
    expect(running()).toHaveLength(5);
  });

  it('moves with all that points to it a part whose port a stranger has taken', async () => {
    const [before] = await driver().list();
    await processes.stop('eu-1-prosody');
    const stranger = createServer().listen(Number(new URL(before?.prosodyHttp ?? '').port), '127.0.0.1');
    await once(stranger, 'listening');
    const after = await driver().ensure(spec, signal);
    stranger.close();

    expect(after.prosodyHttp).not.toBe(before?.prosodyHttp);
    expect(after.startedAt).toBeGreaterThan(before?.startedAt ?? Number.POSITIVE_INFINITY);
    await expect.poll(() => probes(after), { timeout: 10_000 }).toEqual(healthy);
    const bosh = await fetch(`${after.web}/http-bind`);
    expect(bosh.status).toBe(200);
  });

  it('removes a shard without a trace, and one that is not there without a word', async () => {
    await driver().remove('eu-1');
    expect(running()).toEqual([]);
    expect(await driver().list()).toEqual([]);
    expect(existsSync(join(directory, 'shards', 'eu-1'))).toBe(false);
    await driver().remove('eu-1');
  });

  it('names the file when the state of a shard has been spoilt', async () => {
    await driver().ensure(spec, signal);
    const file = join(directory, 'shards', 'eu-1', 'shard.json');
    writeFileSync(file, '{');
    await expect(driver().ensure(spec, signal)).rejects.toThrow(`${file}: not the state of a local shard`);
    expect(running()).toHaveLength(4);
  });
});
