import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BridgeLoad } from '../../../orchestrator/api/schema/bridges.ts';
import type { Meeting } from '../../participants/meeting.ts';
import { bridgeOf, bridgeOfRooms, untilBridges } from './testing/bridges-of.ts';
import { setBridges } from './testing/fleet-folder.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { expectUnharmed, meetOn } from './testing/people.ts';
import { readyPods } from './testing/ready-pods.ts';

// One story: the second test goes on where the first one ended, with a meeting on every bridge.
describe('the bridges of a shard in a cluster', { timeout: 120_000 }, () => {
  let fleet: FlowFleet;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startFlowFleet({ 'eu-1': '2..5' });
    // As many as the bounds say: whoever scales by load has a test of its own.
    expect(await fleet.usher('scale', 'set', 'eu-1', '--policy', 'static')).toMatchObject({ code: 0 });
  }, 90_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  const bridges = () => readyPods(fleet.cluster, 'eu-1', 'jvb');
  const bound = async (bounds: string) => {
    await setBridges(fleet.folder, 'eu-1', bounds);
    expect(await fleet.usher('apply', 'eu-1')).toMatchObject({ code: 0 });
  };
  const until = (what: string, is: (loads: BridgeLoad[]) => boolean) => untilBridges(fleet, what, is);
  const untilOpen = (count: number) =>
    until(`not exactly ${count} bridges are there, open and read`, (loads) => {
      const read = loads.filter(({ state, localEndpoints }) => state === 'open' && localEndpoints !== null);
      return loads.length === count && read.length === count;
    });
  /** Holds a meeting on each bridge that carries none yet; Jicofo may hear of a bridge later, and of what it carries. */
  const meetOnAll = async (count: number) => {
    const carrying = new Set(await Promise.all(meetings.map((meeting) => bridgeOf(fleet, meeting))));
    for (let attempt = 0; carrying.size < count && attempt < 20; attempt += 1) {
      const meeting = await meetOn(fleet, 'eu-1');
      const bridge = await bridgeOf(fleet, meeting);
      if (carrying.has(bridge)) await meeting.end();
      else meetings.push(meeting);
      carrying.add(bridge);
    }
    expect([...carrying].toSorted()).toEqual(bridges());
  };

  it('grow from 2 to 5 by their bounds, also when the leader dies meanwhile, and no meeting notices', async () => {
    await untilOpen(2);
    await meetOnAll(2);
    await bound('5..5');
    await expect.poll(() => fleet.cluster.pods('jitsi-eu-1', 'jvb').length, { timeout: 20_000 }).toBe(5);
    await fleet.killLeader();
    await untilOpen(5);
    await meetOnAll(5);
    await expectUnharmed(...meetings);
  });

  it('shrink from 5 to 3 by drain: exactly the drained pods go, also when the leader dies meanwhile', async () => {
    const carrying = (loads: BridgeLoad[]) => loads.every(({ localEndpoints }) => localEndpoints === 2);
    await until('not all are known to carry people', carrying);
    const before = bridges();
    await bound('1..3');
    const draining = (loads: BridgeLoad[]) =>
      loads.flatMap(({ name, state }) => (state === 'draining' ? [name] : [])).toSorted();
    const leaving = draining(await until('two do not drain', (loads) => draining(loads).length === 2));
    await fleet.killLeader();
    const isRead = (loads: BridgeLoad[]) =>
      loads.length === 5 && loads.every(({ state }) => state !== 'unknown');
    expect(draining(await until('the next leader reads no bridges', isRead))).toEqual(leaving);
    expect(bridges()).toEqual(before);
    await expectUnharmed(...meetings);

    const where = await bridgeOfRooms(fleet);
    const ending = meetings.filter(({ room }) => leaving.includes(where.get(room.name) ?? ''));
    expect(ending).toHaveLength(2);
    await Promise.all(ending.map((meeting) => meeting.end()));
    const staying = before.filter((name) => !leaving.includes(name));
    await until('not exactly the others are left', (loads) => loads.length === 3);
    expect((await untilOpen(3)).map(({ name }) => name).toSorted()).toEqual(staying);
    expect(bridges()).toEqual(staying);
    expect([...(await bridgeOfRooms(fleet)).values()].toSorted()).toEqual(staying);
    await expectUnharmed(...meetings.filter((meeting) => !ending.includes(meeting)));
  });
});
