import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestProsody, type TestProsody } from '../../../shards/local/prosody/test-prosody.ts';
import { fleetState, shard } from '../../testing/samples.ts';
import { endpointsOf } from '../testing/endpoints.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { shardsCheck } from './shards.ts';

let fleet: FleetToExamine;
let prosody: TestProsody;
beforeAll(async () => {
  fleet = await createFleetToExamine();
  prosody = await startTestProsody();
});
afterAll(async () => {
  await prosody.close();
  await fleet.end();
});

describe('shards', () => {
  it.each([
    [shard('eu-1'), []],
    [shard('eu-1', { admitted: false }), ['warn']],
    [shard('eu-1', { observed: 'degraded', reason: 'jicofo: status 503' }), ['warn']],
    [shard('eu-1', { observed: 'provisioning', reason: 'not probed yet' }), ['warn']],
    [shard('eu-1', { observed: 'down', reason: 'prosody: refused' }), ['error']],
  ])('judges %o by the orchestrator', async (one, severities) => {
    const value = { ...fleetState().fleet, shards: [one] };
    const findings = await fleet.run(shardsCheck, { status: { ok: true, value } });
    expect(findings.map(({ severity }) => severity)).toEqual(severities);
    if (one.reason) expect(findings[0]?.what).toContain(one.reason);
  });

  it('looks itself when the orchestrator is away', async () => {
    const shards = { ok: true, value: [endpointsOf(prosody)] } as const;
    const [found, ...more] = await fleet.run(shardsCheck, { shards });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ severity: 'error', where: 'eu-1' });
    expect(found?.what).toMatch(/web: .*ECONNREFUSED.*jicofo: .*ECONNREFUSED/);
    expect(found?.what).not.toContain('prosody:');
  });
});
