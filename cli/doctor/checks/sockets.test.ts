import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownHealth } from '../../../common/health.ts';
import { fleetPaths, proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { startWeb } from '../testing/web.ts';
import { socketsCheck } from './sockets.ts';

let fleet: FleetToExamine;
const servers: Server[] = [];
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await fleet.end();
});

describe('sockets', () => {
  // All of them answering: test/e2e/doctor.test.ts.
  it('names every one that does not answer, and what to do', async () => {
    const findings = await fleet.run(socketsCheck);
    expect(findings).toHaveLength(13);
    expect(findings).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        where: expect.stringContaining('proxy-2: master socket'),
        what: expect.stringContaining('ENOENT'),
        doThis: expect.stringContaining('haproxy.proxy-2.log'),
      }),
    );
  });

  it('names a runtime socket that accepts and says nothing, and an API that is slow', async () => {
    const directory = proxyDirectory(fleetPaths(fleet.files.state), 'proxy-1');
    await mkdir(directory, { recursive: true });
    const silent = createServer({ allowHalfOpen: true }, () => undefined);
    servers.push(silent);
    await once(silent.listen(`${directory}/runtime.sock`), 'listening');
    const { server } = await startWeb((_request, response) => {
      setTimeout(() => response.end(JSON.stringify(ownHealth)), 1_100);
    }, fleet.files.fleet.orchestrator.api[0]?.port);
    servers.push(server);
    const findings = await fleet.run(socketsCheck);
    const of = (where: string) => findings.find((one) => one.where.startsWith(where));
    expect(of('proxy-1: runtime')).toMatchObject({
      severity: 'error',
      what: expect.stringContaining('no byte'),
    });
    expect(of('orchestrator at')).toMatchObject({
      severity: 'warn',
      what: expect.stringMatching(/took 1\d+ ms/),
    });
  });

  it('names a stranger in an agent’s place', async () => {
    const { server } = await startWeb(
      (_request, response) => response.end('welcome'),
      fleet.files.fleet.proxies[0]?.agent.http.port,
    );
    servers.push(server);
    expect(await fleet.run(socketsCheck)).toContainEqual(
      expect.objectContaining({
        where: expect.stringContaining('its agent at'),
        what: expect.stringContaining('not usher’s answer: welcome'.replace('’', "'")),
      }),
    );
  });
});
