import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { startWeb } from '../testing/web.ts';
import { driftCheck } from './drift.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(() => fleet.end());

const none = { rooms: 0, slots: 0, buckets: 0, tenants: 0 };
const claims = { seated: 0, known: 0, refused: 0, failed: 0, joined: 0 };

/** What is found of proxy-1, whose agent says this; a real drift is in test/e2e/doctor.test.ts. */
async function examine(inStep: boolean, diff: object[]) {
  const { server } = await startWeb((request, response) => {
    const status = {
      proxy: 'proxy-1',
      inStep,
      haproxy: { pid: 7, version: '2.6' },
      entries: none,
      claims,
      reloads: 0,
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/v1/diff' ? diff : status));
  }, fleet.files.fleet.proxies[0]?.agent.http.port);
  const findings = await fleet.run(driftCheck);
  server.close();
  server.closeAllConnections();
  return findings.filter(({ where }) => where === 'proxy-1');
}

describe('drift', () => {
  it('is content with a proxy in step, and says of one that it cannot ask', async () => {
    expect(await examine(true, [])).toEqual([]);
    expect(await fleet.run(driftCheck)).toMatchObject([
      { severity: 'warn', where: 'proxy-1', what: expect.stringContaining('not compared') },
      { where: 'proxy-2' },
    ]);
  });

  it('names what differs', async () => {
    const found = { map: 'rooms', key: '/x', where: 'runtime', expected: 'eu-1.1', found: null };
    expect(await examine(true, [found])).toMatchObject([
      {
        severity: 'warn',
        what: '1 entries differ, the first in rooms of its runtime: /x is missing, expected eu-1.1',
      },
    ]);
  });

  it('names a proxy that is not in step', async () => {
    expect(await examine(false, [])).toMatchObject([
      { severity: 'error', what: expect.stringContaining('pid 7') },
    ]);
  });
});
