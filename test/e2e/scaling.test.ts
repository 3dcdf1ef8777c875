import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sleep, waitFor } from '../../common/time.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import type { BridgeLoad } from '../../orchestrator/api/schema/bridges.ts';
import { orchestratorsOf } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { apiOf, usherHere } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);
/** Of Jicofo's own account of its conferences, by room JID. */
const conferences = z.record(z.string(), z.object({ bridgeJid: z.string().optional() }));

// One story: each test goes on where the one before it ended. A simulated participant makes 1 Mbit/s.
describe('the bridges of a shard follow its load', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  let jicofo: string;
  const meetings: Meeting[] = [];
  const ended: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startTemporaryFleet({
      shards: { 'eu-1': 'eu' },
      orchestrators: 2,
      scaling: { bridgeMbps: 10 },
    });
    const [shard] = await createLocalDriver(fleet.fleet, fleet.state).list(patient);
    jicofo = shard?.jicofo ?? '';
    const file = join(fleet.folder, 'shards', 'eu-1', 'kustomization.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/BRIDGES=\d+\.\.\d+/, 'BRIDGES=1..5'));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  const until = (what: string, is: (bridges: BridgeLoad[]) => boolean) =>
    waitFor(
      async () => {
        // Between two orchestrators nobody may answer.
        const bridges = await apiOf(fleet)
          .bridges()
          .catch(() => undefined);
        return bridges && is(bridges) ? bridges : undefined;
      },
      { timeoutMs: 60_000, everyMs: 100, describe: () => what },
    );
  const inState = (bridges: readonly BridgeLoad[], state: BridgeLoad['state']) =>
    bridges.filter((one) => one.state === state);
  const meet = async (count: number) => {
    for (let left = count; left > 0; left -= 1) {
      const name = `room-${meetings.length + 1}`;
      const meeting = new Meeting({ room: { tenant: '', name }, size: 2, proxies: fleet.proxies });
      meetings.push(meeting);
      await meeting.join(patient);
    }
  };
  /** Bridge by room. */
  const bridgeOfRooms = async () => {
    const answer = conferences.parse(await (await fetch(`${jicofo}/debug/conferences-full`)).json());
    return new Map(
      Object.entries(answer).map(([room, { bridgeJid = '' }]) => [
        room.split('@', 1)[0] ?? '',
        bridgeJid.split('/')[1] ?? '',
      ]),
    );
  };
  const end = async (leaving: readonly Meeting[]) => {
    for (const meeting of leaving)
      expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    await Promise.all(leaving.map((meeting) => meeting.end()));
    ended.push(...leaving);
  };
  const going = () => meetings.filter((meeting) => !ended.includes(meeting));
  const killLeader = async () => {
    const { orchestrators } = await apiOf(fleet).status();
    const api = orchestrators.find(({ state }) => state === 'leads')?.api;
    const name = orchestratorsOf(fleet.fleet).find((one) => hostPort(one.api) === api)?.name ?? '';
    process.kill(fleet.processes.find(name)?.pid ?? 0, 'SIGKILL');
  };
  const eventsOf = async (action: string) =>
    (await apiOf(fleet).events({ limit: 500 })).events.filter((event) => event.action === action);

  it('are started and opened as it rises, also when the leader dies half-way', async () => {
    await until('there is not one bridge, and open', (all) => all.length === 1 && all[0]?.state === 'open');
    await meet(4);
    await until('none is started', (all) => all.length > 1);
    await killLeader();
    await meet(5);
    await until(
      'there is no room for 18 people and more',
      (all) => all.length >= 3 && inState(all, 'unknown').length === 0,
    );
    const [first] = await eventsOf('bridge.start');
    expect(first?.inputs).toMatchObject({ policy: 'forecast', forecast: { within25: expect.any(Number) } });
    expect(new Set((await bridgeOfRooms()).values()).size).toBeGreaterThan(1);
  });

  it('drain as it falls, and go when they are empty, exactly those', async () => {
    const words = ['--policy', 'agones-buffer', '--option', 'buffer=0.3', '--option', 'room=0.3'];
    expect(await usherHere(fleet, ['scale', 'set', 'eu-1', ...words])).toMatchObject({ code: 0 });
    const where = await bridgeOfRooms();
    const bridgeOf = ({ room }: Meeting) => where.get(room.name) ?? '';
    const [staying, other] = Map.groupBy(meetings, bridgeOf).values();
    const [one, two] = [staying?.[0], other?.[0]];
    if (!one || !two) throw new Error('all meetings are on one bridge');
    await end(meetings.filter((meeting) => meeting !== one && meeting !== two));
    // 4 Mbit/s and the buffer fit on one. The other one drains, and stays for its meeting.
    const left = await until('not just those with meetings are left', (all) => all.length === 2);
    expect(left.map(({ name }) => name).toSorted()).toEqual([bridgeOf(one), bridgeOf(two)].toSorted());
    await until('none of the two drains', (all) => inState(all, 'draining').length === 1);
    await killLeader();
    await sleep(5_000);
    const after = await until('they are not read', (all) => inState(all, 'unknown').length === 0);
    expect(after).toHaveLength(2);
    const [draining] = inState(after, 'draining');
    const last = [one, two].filter((meeting) => bridgeOf(meeting) === draining?.name);
    expect(last).toHaveLength(1);
    await end(last);
    await until('the last one does not go', (all) => all.length === 1 && all[0]?.state === 'open');
    const [stayed] = going();
    expect(await stayed?.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(stayed && (await bridgeOfRooms()).get(stayed.room.name)).toBe(stayed && bridgeOf(stayed));
  });

  it('cut nobody', () => {
    for (const meeting of meetings) {
      expect(judgeMeeting(meeting.record)).toMatchObject({
        split: undefined,
        moved: undefined,
        cut: undefined,
      });
    }
  });
});
