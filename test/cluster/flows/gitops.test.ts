import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../../shards/overlay/apply-changes.ts';
import { planRemove } from '../../../shards/overlay/plan-remove.ts';
import type { Meeting } from '../../participants/meeting.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { applyObjects, parseObjects } from '../apply-objects.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { getsNoRooms, getsRooms } from './testing/gets-rooms.ts';
import { expectUnharmed, meetOn, seatRooms } from './testing/people.ts';

/** How a removal stands in git: options of the generator of ConfigMap `shard`, with which an overlay ends. */
const removal = `    options:
      annotations:
        usher.dev/desired: draining
        usher.dev/removing: "true"
`;

// One story: each test goes on where the one before it ended.
describe('a fleet whose folder somebody else applies', { timeout: 120_000 }, () => {
  let fleet: FlowFleet;
  let core: CoreV1Api;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startFlowFleet({ 'eu-1': '1..1' });
    core = fleet.cluster.admin.makeApiClient(CoreV1Api);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  const meet = async (shard: string) => {
    const meeting = await meetOn(fleet, shard);
    meetings.push(meeting);
    return meeting;
  };
  const namespace = async (shard: string) =>
    (await core.readNamespace({ name: `jitsi-${shard}` })).metadata?.annotations ?? {};
  /** As Argo CD does it: what the folder builds, applied server-side. */
  const sync = async () =>
    applyObjects(fleet.cluster.admin, parseObjects(await renderFolder(fleet.folder)), 'argocd-controller');

  it('gives a shard rooms only when its probes have passed, also when the leader dies meanwhile', async () => {
    const words = ['shard', 'add', 'eu-2', '--region', 'eu', '--bridges', '1..1'];
    expect(await fleet.usher(...words)).toMatchObject({ code: 0 });
    await sync();
    await expect
      .poll(() => namespace('eu-2'), { timeout: 20_000 })
      .toMatchObject({
        'usher.dev/state': 'provisioning',
        'usher.dev/reason': expect.stringContaining('shard-passwords'),
      });
    expect(await seatRooms(60, 'waiting')).toEqual({ 'eu-1': 60 });
    expect(await fleet.usher('secrets', 'create', 'eu-2')).toMatchObject({ code: 0 });
    await fleet.killLeader();
    await getsRooms(fleet, 'eu-2');
    expect((await seatRooms(60, 'ready'))['eu-2']).toBeGreaterThan(10);
  });

  it('drains a shard that git removes, also when the leader dies meanwhile, and then it may be pruned', async () => {
    const [staying, leaving] = [await meet('eu-1'), await meet('eu-2')];
    await appendFile(join(fleet.folder, 'shards/eu-2/kustomization.yaml'), removal);
    await sync();
    await getsNoRooms(fleet, 'eu-2');
    await fleet.killLeader();
    expect(await seatRooms(40, 'draining')).toEqual({ 'eu-1': 40 });
    await expectUnharmed(staying, leaving);
    await leaving.end();
    await expect
      .poll(() => namespace('eu-2'), { timeout: 40_000 })
      .toMatchObject({ 'usher.dev/state': 'removed' });
    await applyChanges(await planRemove(fleet.folder, 'eu-2'));
    await core.deleteNamespace({ name: 'jitsi-eu-2' });
    const names = async () => (await fleet.api.shards()).map(({ name }) => name);
    await expect.poll(names, { timeout: 30_000 }).toEqual(['eu-1']);
    await expectUnharmed(staying);
    const { items } = await core.listNamespacedEvent({ namespace: 'usher' });
    expect(items.map(({ reason }) => reason)).not.toContain('ShardVanished');
  });
});
