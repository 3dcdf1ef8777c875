import { CoordinationV1Api, CoreV1Api, RbacAuthorizationV1Api, V1MicroTime } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterFleet, startClusterFleet } from './testing/cluster-fleet.ts';

let fleet: ClusterFleet;
beforeAll(async () => {
  fleet = await startClusterFleet();
});
afterAll(() => fleet?.end());

interface Finding {
  check: string;
  severity: string;
  where: string;
  what: string;
}

async function findings(...flags: string[]): Promise<Finding[]> {
  return JSON.parse((await fleet.run('doctor', '--json', ...flags)).stdout).findings;
}

// In their order, in one cluster in which nothing runs.
describe('usher doctor in a cluster', () => {
  it('names what is not there yet, and what only one machine has', async () => {
    const found = await findings();
    const errors = found.filter(({ severity }) => severity === 'error').map(({ check }) => check);
    expect([...new Set(errors)]).toEqual(['processes', 'credentials', 'rights', 'leader']);
    expect(found).toContainEqual(expect.objectContaining({ check: 'versions', severity: 'ok' }));
    expect(
      found.filter(({ what }) => what.startsWith('on one machine only')).map(({ check }) => check),
    ).toEqual(['ports', 'disk', 'sockets', 'clocks', 'identity']);
  });

  it('is content with what was made, and sees the placeholder that nobody replaced', async () => {
    for (const words of [['secrets', 'create'], ['secrets', 'create', 'eu-1'], ['apply']]) {
      expect(await fleet.run(...words)).toMatchObject({ code: 0 });
    }
    for (const check of ['credentials', 'rights']) {
      expect(await findings('--only', check)).toMatchObject([{ severity: 'ok' }]);
    }
    expect(await findings('--only', 'policy')).toMatchObject([
      { severity: 'warn', what: expect.stringContaining('192.0.2.1/32') },
    ]);
    const api = fleet.controlPlane.admin.makeApiClient(CoordinationV1Api);
    const spec = {
      holderIdentity: 'o_10.0.0.1:8700',
      leaseDurationSeconds: 10,
      renewTime: new V1MicroTime(),
    };
    await api.createNamespacedLease({
      namespace: 'usher',
      body: { metadata: { name: 'usher-leader' }, spec },
    });
    expect(await findings('--only', 'leader')).toMatchObject([{ severity: 'ok' }]);
  });

  it('names the rights that the orchestrator lacks, and where', async () => {
    const api = fleet.controlPlane.admin.makeApiClient(RbacAuthorizationV1Api);
    await api.deleteNamespacedRoleBinding({ namespace: 'jitsi-eu-1', name: 'usher' });
    await expect
      .poll(() => findings('--only', 'rights'))
      .toMatchObject([
        {
          ...{ severity: 'error', where: 'jitsi-eu-1' },
          what: expect.stringMatching(/may not .*patch deployments\/scale.apps "jvb", patch pods/),
        },
      ]);
  });

  it('says why pods are not ready', async () => {
    const core = fleet.controlPlane.admin.makeApiClient(CoreV1Api);
    await expect
      .poll(async () => (await core.listNamespacedPod({ namespace: 'usher' })).items.length)
      .toBeGreaterThan(3);
    const found = await findings('--only', 'processes');
    expect(found).toContainEqual(
      expect.objectContaining({ severity: 'error', where: 'pod redis-0', what: 'is starting' }),
    );
    expect(found).toContainEqual(expect.objectContaining({ severity: 'error', where: 'the API' }));
  });
});
