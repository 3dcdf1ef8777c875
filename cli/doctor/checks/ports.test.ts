import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { startWeb } from '../testing/web.ts';
import { portsCheck } from './ports.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(() => fleet.end());

const stranger = () =>
  startWeb((_request, response) => response.end(), fleet.files.fleet.proxies[0]?.bind[0]?.port);

describe('ports', () => {
  it('names who is in the way of a fleet that is down', async () => {
    expect(await fleet.run(portsCheck)).toEqual([]);
    const { server } = await stranger();
    const findings = await fleet.run(portsCheck);
    server.close();
    expect(findings).toMatchObject([
      { severity: 'error', what: expect.stringMatching(/proxies.0.bind.0: .* is in use by node/) },
    ]);
  });

  it('names who listens in the place of a fleet that is up, and where nobody does', async () => {
    const { server } = await stranger();
    const findings = await fleet.run(portsCheck, { running: ['supervisor'] });
    server.close();
    const said = findings.map(({ where, what }) => `${where}: ${what}`);
    expect(said).toContainEqual(
      expect.stringMatching(/^proxies.0.bind.0 .*: node .* listens, and not haproxy$/),
    );
    expect(said).toContainEqual(expect.stringMatching(/^orchestrator.api .*: nobody listens$/));
  });
});
