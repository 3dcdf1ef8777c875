import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CoreV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Meeting } from '../../participants/meeting.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { getsNoRooms } from './testing/gets-rooms.ts';
import { expectUnharmed, meetOn, seatRooms } from './testing/people.ts';

describe('a shard removed from a cluster by the command line', { timeout: 120_000 }, () => {
  let fleet: FlowFleet;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startFlowFleet({ 'eu-1': '1..1', 'eu-2': '1..1' });
    for (const shard of ['eu-1', 'eu-2']) meetings.push(await meetOn(fleet, shard));
  }, 90_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  it('goes when its last meeting has ended, whoever leads, and takes nothing else with it', async () => {
    const before = await everythingElse();
    const removal = fleet.start('shard', 'remove', 'eu-2', '--drain', '--apply', '--yes');
    await removal.said('eu-2: removing: 1 room left, 2 participants left');
    await fleet.killLeader();
    await getsNoRooms(fleet, 'eu-2');
    expect(await seatRooms(40, 'draining')).toEqual({ 'eu-1': 40 });
    await expectUnharmed(...meetings);

    const [staying, leaving] = meetings;
    await leaving?.end();
    expect(await removal.outcome).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/delete Namespace jitsi-eu-2\n(.*\n)*shard eu-2: .*removed/),
    });
    expect(await namespaces()).not.toContain('jitsi-eu-2');
    expect(existsSync(join(fleet.folder, 'shards/eu-2'))).toBe(false);
    expect(await everythingElse()).toEqual(before);
    expect((await fleet.api.shards()).map(({ name }) => name)).toEqual(['eu-1']);
    if (staying) await expectUnharmed(staying);
    expect(await fleet.usher('diff')).toMatchObject({ code: 0, stdout: '' });
  });

  const core = () => fleet.cluster.admin.makeApiClient(CoreV1Api);

  async function namespaces(): Promise<string[]> {
    const { items } = await core().listNamespace();
    return items.map(({ metadata }) => metadata?.name ?? '');
  }

  /** What a prune that takes too much would take: whatever is not of this shard, by kind, namespace and name. */
  async function everythingElse(): Promise<string[]> {
    const rbac = fleet.cluster.admin.makeApiClient(RbacAuthorizationV1Api);
    const lists = {
      Namespace: await core().listNamespace(),
      Service: await core().listServiceForAllNamespaces(),
      ConfigMap: await core().listConfigMapForAllNamespaces(),
      Secret: await core().listSecretForAllNamespaces(),
      Pod: await core().listPodForAllNamespaces(),
      ClusterRole: await rbac.listClusterRole(),
      RoleBinding: await rbac.listRoleBindingForAllNamespaces(),
    };
    const all = Object.entries(lists).flatMap(([kind, { items }]) =>
      items.map(({ metadata }) => `${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`),
    );
    return all.filter((one) => !one.includes('jitsi-eu-2')).sort();
  }
});
