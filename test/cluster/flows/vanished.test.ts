import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../common/time.ts';
import type { Meeting } from '../../participants/meeting.ts';
import { judgeMeeting } from '../../participants/oracle.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { expectUnharmed, meetOn, seatRooms } from './testing/people.ts';

describe('a shard whose namespace is deleted under a meeting', { timeout: 120_000 }, () => {
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

  it('is down, loudly: its rooms are seated elsewhere, also when the leader dies meanwhile', async () => {
    const core = fleet.cluster.admin.makeApiClient(CoreV1Api);
    const [staying, hit] = meetings;
    if (!staying || !hit) throw new Error('no meetings');
    await core.deleteNamespace({ name: 'jitsi-eu-2' });
    await fleet.killLeader();
    await waitFor(
      async () => hit.participants.every((one) => one.present && one.shard === 'eu-1') || undefined,
      { timeoutMs: 60_000, describe: () => 'not everybody came back on the other shard' },
    );
    expect(await hit.check(new AbortController().signal)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(hit.record).split).toBe(undefined);
    await expectUnharmed(staying);
    expect(await seatRooms(40, 'after')).toEqual({ 'eu-1': 40 });

    await expect
      .poll(async () => (await fleet.api.shards()).map(({ name }) => name), { timeout: 30_000 })
      .toEqual(['eu-1']);
    const { items } = await core.listNamespacedEvent({ namespace: 'usher' });
    const told = items.map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
    expect(told).toContainEqual(
      expect.stringMatching(/^Warning ShardVanished: shard eu-2: .*nothing is left of it; on it: 1 room/),
    );
    const { stdout } = await fleet.usher('events', '--shard', 'eu-2');
    expect(stdout).toContain('shard.vanish');
  });
});
