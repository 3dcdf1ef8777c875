import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardIn } from '../../e2e/testing/usher-on.ts';
import type { Meeting } from '../../participants/meeting.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { expectUnharmed, meetOn, seatRooms } from './testing/people.ts';
import { readyParts } from './testing/ready-pods.ts';

const add = ['shard', 'add', 'eu-2', '--region', 'eu', '--bridges', '1..2'];

describe('a shard added to a cluster by the command line', { timeout: 120_000 }, () => {
  let fleet: FlowFleet;
  let meeting: Meeting | undefined;

  beforeAll(async () => {
    fleet = await startFlowFleet({ 'eu-1': '1..2' });
    meeting = await meetOn(fleet, 'eu-1');
  }, 90_000);
  afterAll(async () => {
    await meeting?.end();
    await fleet?.stop();
  });

  it('gets rooms only when it is ready, also when the leader dies meanwhile', async () => {
    const refused = await fleet.start(...add, '--apply').outcome;
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`usher secrets create eu-2`'),
    });
    expect(await fleet.usher('secrets', 'create', 'eu-2')).toMatchObject({ code: 0 });

    let isAdding = true;
    const added = fleet.start(...add, '--apply');
    const settled = added.outcome.finally(() => {
      isAdding = false;
    });
    const seating = seatWhile(() => isAdding);
    await added.said('Deployment jitsi-eu-2/jvb: created');
    await fleet.killLeader();
    expect(await settled).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/shard eu-2: ready, and gets rooms\n$/),
    });
    expect(await seating).toBeGreaterThan(100);
    expect(shardIn({ shards: await fleet.api.shards() }, 'eu-2')).toMatchObject({
      ...{ incarnation: 'eu-2.1', observed: 'ready', admitted: true },
    });
    expect((await seatRooms(60, 'after'))['eu-2']).toBeGreaterThan(10);
  });

  it('holds a meeting that people reach over every proxy, and nobody noticed', async () => {
    const other = await meetOn(fleet, 'eu-2');
    await expectUnharmed(other, ...(meeting ? [meeting] : []));
    await other.end();
  });

  it('is told of on its namespace', async () => {
    const core = fleet.cluster.admin.makeApiClient(CoreV1Api);
    const annotations = async () =>
      (await core.readNamespace({ name: 'jitsi-eu-2' })).metadata?.annotations ?? {};
    await expect.poll(annotations, { timeout: 15_000 }).toMatchObject({ 'usher.dev/state': 'ready' });
    const { items } = await core.listNamespacedEvent({ namespace: 'jitsi-eu-2' });
    const told = items.filter(({ source }) => source?.component === 'usher-orchestrator');
    expect(told.map(({ reason }) => reason)).not.toEqual([]);
  });

  /** Seats rooms until `goesOn` says otherwise, none on a shard whose pods are not ready; gives how many. */
  async function seatWhile(goesOn: () => boolean): Promise<number> {
    let rooms = 0;
    for (; goesOn(); rooms += 10) {
      const counts = await seatRooms(10, `adding-${rooms}`);
      if (counts['eu-2'] === undefined) continue;
      expect(readyParts(fleet.cluster, 'eu-2')).toEqual(['jicofo', 'jvb', 'prosody', 'web']);
    }
    return rooms;
  }
});
