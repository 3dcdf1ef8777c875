import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleetPaths, proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import type { ShardEndpoints } from '../../../shards/driver.ts';
import { startTestProsody, type TestProsody } from '../../../shards/local/prosody/test-prosody.ts';
import { endpointsOf } from '../testing/endpoints.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { startWeb } from '../testing/web.ts';
import { identityCheck } from './identity.ts';

/** A real Prosody that calls itself eu-1, and a web that calls itself what the test says. */
let fleet: FleetToExamine;
let prosody: TestProsody;
let web: { server: Server; url: string };
let header = 'eu-1';
let proxy: Server;

beforeAll(async () => {
  fleet = await createFleetToExamine();
  prosody = await startTestProsody();
  web = await startWeb((_request, response) => response.setHeader('X-Jitsi-Shard', header).end());
});
afterAll(async () => {
  web.server.close();
  proxy?.close();
  await prosody.close();
  await fleet.end();
});

const examine = (over: Partial<ShardEndpoints> = {}) => {
  const shard = { ...endpointsOf(prosody), web: web.url, ...over };
  return fleet.run(identityCheck, { shards: { ok: true, value: [shard] } });
};

describe('identity', () => {
  it('is content when web and Prosody give one name', async () => {
    expect(await examine()).toEqual([]);
  });

  it('names a web with another name', async () => {
    header = 'eu-9';
    expect(await examine()).toMatchObject([
      {
        severity: 'error',
        where: 'web of eu-1',
        what: expect.stringContaining('X-Jitsi-Shard is eu-9, expected eu-1'),
      },
    ]);
    header = 'eu-1';
  });

  it('names a Prosody with another name', async () => {
    const findings = await examine({ name: 'eu-2' });
    expect(findings).toContainEqual(
      expect.objectContaining({ where: 'Prosody of eu-2', what: 'names itself eu-1, expected eu-2' }),
    );
  });

  it('says when Prosody cannot be asked', async () => {
    const { brewery } = endpointsOf(prosody);
    const findings = await examine({ brewery: { ...brewery, password: 'wrong' } });
    expect(findings).toMatchObject([{ severity: 'warn', what: expect.stringContaining('not-authorized') }]);
  });

  it('names a proxy that leads a seated room to another shard', async () => {
    const [settings] = fleet.files.fleet.proxies;
    const directory = proxyDirectory(fleetPaths(fleet.files.state), settings?.name ?? '');
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'slots.map'), 'eu-1.1 eu-1.1\n');
    await writeFile(join(directory, 'rooms.map'), '/gone eu-0.1\n/ended ?\nacme/x eu-1.1\n');
    const asked: (string | undefined)[] = [];
    const answer = await startWeb((request, response) => {
      asked.push(request.url);
      response.setHeader('X-Jitsi-Shard', 'eu-2').end();
    }, settings?.bind[0]?.port);
    proxy = answer.server;
    expect(await examine()).toMatchObject([
      {
        severity: 'error',
        where: 'proxy-1, room acme/x',
        what: expect.stringContaining('is eu-2, expected eu-1'),
      },
    ]);
    expect(asked).toEqual(['/acme/config.js?room=x']);
  });
});
