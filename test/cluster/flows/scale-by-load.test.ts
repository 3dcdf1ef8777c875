import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep } from '../../../common/time.ts';
import type { BridgeLoad } from '../../../orchestrator/api/schema/bridges.ts';
import type { Meeting } from '../../participants/meeting.ts';
import { bridgeOf, bridgeOfRooms, untilBridges } from './testing/bridges-of.ts';
import { type FlowFleet, startFlowFleet } from './testing/flow-fleet.ts';
import { expectUnharmed, meetOn } from './testing/people.ts';
import { readyPods } from './testing/ready-pods.ts';

// One story: each test goes on where the one before it ended. A simulated participant makes 1 Mbit/s.
describe('the bridges of a shard in a cluster follow its load', { timeout: 120_000 }, () => {
  let fleet: FlowFleet;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startFlowFleet({ 'eu-1': '1..4' });
    expect(await fleet.usher('scale', 'set', 'eu-1', '--bridge-mbps', '8')).toMatchObject({ code: 0 });
  }, 90_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  const pods = () => readyPods(fleet.cluster, 'eu-1', 'jvb');
  const until = (what: string, is: (loads: BridgeLoad[]) => boolean) => untilBridges(fleet, what, is);
  const draining = (loads: readonly BridgeLoad[]) =>
    loads.flatMap(({ name, state }) => (state === 'draining' ? [name] : []));
  const meet = async (count: number) => {
    for (let left = count; left > 0; left -= 1) meetings.push(await meetOn(fleet, 'eu-1'));
  };

  it('are started and opened as it rises, also when the leader dies half-way', async () => {
    await until('there is not one bridge', (loads) => loads.length === 1);
    await meet(4);
    await until('none is started', (loads) => loads.length > 1);
    await fleet.killLeader();
    await until(
      'they do not answer',
      (loads) => loads.length >= 2 && loads.every(({ state }) => state !== 'unknown'),
    );
    // Jicofo hears of a new bridge when that has joined the brewery.
    for (let more = 0; more < 8; more += 1) {
      await meet(1);
      if (new Set((await bridgeOfRooms(fleet)).values()).size > 1) break;
    }
    expect(new Set((await bridgeOfRooms(fleet)).values()).size).toBeGreaterThan(1);
    await expectUnharmed(...meetings);
  });

  it('drain as it falls, and go when they are empty, exactly those', async () => {
    const words = ['--policy', 'agones-buffer', '--option', 'buffer=0.1', '--option', 'room=0.2'];
    expect(await fleet.usher('scale', 'set', 'eu-1', ...words)).toMatchObject({ code: 0 });
    const where = new Map<Meeting, string>();
    for (const meeting of meetings) where.set(meeting, await bridgeOf(fleet, meeting));
    const [some, others] = Map.groupBy(meetings, (meeting) => where.get(meeting)).values();
    const [one, two] = [some?.[0], others?.[0]];
    if (!one || !two) throw new Error('all meetings are on one bridge');
    const leaving = meetings.filter((meeting) => meeting !== one && meeting !== two);
    await expectUnharmed(...leaving);
    await Promise.all(leaving.map((meeting) => meeting.end()));

    const held = [where.get(one), where.get(two)].toSorted();
    // 4 Mbit/s and the buffer fit on one: the other one drains, and stays for its meeting.
    await until('not one of two drains', (loads) => loads.length === 2 && draining(loads).length === 1);
    expect(pods()).toEqual(held);
    await fleet.killLeader();
    await sleep(5_000);
    const [closed] = draining(await until('nobody leads', (loads) => draining(loads).length === 1));
    expect(pods()).toEqual(held);
    const last = where.get(one) === closed ? one : two;
    await expectUnharmed(one, two);
    await last.end();
    await until('the last one does not go', (loads) => loads.length === 1);
    const stayed = last === one ? two : one;
    await expect.poll(pods, { timeout: 20_000 }).toEqual([where.get(stayed)]);
    expect(await bridgeOf(fleet, stayed)).toBe(where.get(stayed));
    await expectUnharmed(stayed);
  });
});
