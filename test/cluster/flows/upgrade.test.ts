import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Meeting } from '../../participants/meeting.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { getsNoRooms } from './testing/gets-rooms.ts';
import { expectUnharmed, meetOn, seatRooms } from './testing/people.ts';

describe('an upgrade in a cluster', { timeout: 150_000 }, () => {
  let fleet: FlowFleet;
  let meeting: Meeting | undefined;

  beforeAll(async () => {
    fleet = await startFlowFleet({ 'eu-1': '1..1' });
    meeting = await meetOn(fleet, 'eu-1');
  }, 90_000);
  afterAll(async () => {
    await meeting?.end();
    await fleet?.stop();
  });

  it('replaces a shard by one of the new version, whoever leads, and cuts nobody', async () => {
    const upgrade = ['shard', 'upgrade', '--image-tag', 'v2', '--canary', '20%', '--bake', '2s'];
    expect(await fleet.usher(...upgrade)).toMatchObject({ code: 0 });
    const follow = ['shard', 'upgrade', 'follow', '--apply'];
    // It makes no passwords, says who does, and goes on when it is asked again.
    expect(await fleet.start(...follow).outcome).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`usher secrets create eu-2`'),
    });
    expect(await fleet.usher('secrets', 'create', 'eu-2')).toMatchObject({ code: 0 });

    const following = fleet.start(...follow);
    await following.said('eu-2 is on trial');
    await fleet.killLeader();
    await following.said('eu-1 drains: 1 rooms, 2 participants left');
    if (meeting) await expectUnharmed(meeting);
    await getsNoRooms(fleet, 'eu-1');
    expect(await seatRooms(40, 'late')).toEqual({ 'eu-2': 40 });
    if (meeting) await expectUnharmed(meeting);
    await meeting?.end();
    expect(await following.outcome).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/the upgrade is done\n$/),
    });

    expect(await fleet.api.shards()).toMatchObject([{ name: 'eu-2', imageTag: 'v2', observed: 'ready' }]);
    const { items } = await fleet.cluster.admin.makeApiClient(CoreV1Api).listNamespace();
    const shards = items.map(({ metadata }) => metadata?.name).filter((name) => name?.startsWith('jitsi-'));
    expect(shards).toEqual(['jitsi-eu-2']);
    const images = fleet.cluster.pods('jitsi-eu-2').flatMap(({ spec }) => spec?.containers ?? []);
    expect(new Set(images.map(({ image }) => image?.replace(/^.*:/, '')))).toEqual(new Set(['v2']));
  });
});
