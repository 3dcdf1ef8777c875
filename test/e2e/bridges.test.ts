import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sleep, waitFor } from '../../common/time.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import type { BridgeLoad } from '../../orchestrator/api/schema/bridges.ts';
import { orchestratorsOf } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { readJicofoStats } from '../../shards/probes/jicofo-stats.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { startedPrograms } from './testing/leftovers.ts';
import { apiOf, usherHere } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);
/** Of Jicofo's own account of its conferences, by room JID. */
const conferences = z.record(z.string(), z.object({ bridgeJid: z.string().optional() }));

const bridge = (number: number) => `eu-1-bridge-${number}`;

// One story: each test goes on where the one before it ended, with a meeting on every bridge.
describe('the bridges of a shard', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  let jicofo: string;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startTemporaryFleet({
      shards: { 'eu-1': 'eu' },
      orchestrators: 2,
      // As many as the bounds say: whoever scales by load has a test of its own.
      scaling: { policy: 'static' },
    });
    const [shard] = await createLocalDriver(fleet.fleet, fleet.state).list(patient);
    jicofo = shard?.jicofo ?? '';
  }, 120_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  const setBounds = async (bounds: string) => {
    const file = join(fleet.folder, 'shards', 'eu-1', 'kustomization.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/BRIDGES=\d+\.\.\d+/, `BRIDGES=${bounds}`));
  };
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
    bridges.filter((one) => one.state === state).map(({ name }) => name);
  const untilOpen = async (...numbers: number[]) => {
    await until(`not exactly the bridges ${numbers} are there and open`, (bridges) => {
      const open = inState(bridges, 'open');
      return open.length === bridges.length && open.toSorted().join() === numbers.map(bridge).join();
    });
    // A bridge answers before Jicofo sees it.
    await waitFor(
      async () => {
        const stats = await readJicofoStats(jicofo, patient);
        return (stats.ok && stats.operationalBridges === numbers.length) || undefined;
      },
      { timeoutMs: 20_000, describe: () => `Jicofo does not see ${numbers.length} bridges` },
    );
  };
  const running = () => [...startedPrograms(fleet.state).keys()].filter((name) => name.includes('-bridge-'));
  const hold = async (name: string) => {
    const meeting = new Meeting({ room: { tenant: '', name }, size: 2, proxies: fleet.proxies });
    meetings.push(meeting);
    await meeting.join(patient);
    return waitFor(async () => (await bridgeOfRooms()).get(name), {
      timeoutMs: 20_000,
      describe: () => `${name} has no bridge`,
    });
  };
  /** Bridge by room. */
  const bridgeOfRooms = async () => {
    const answer = conferences.parse(await (await fetch(`${jicofo}/debug/conferences-full`)).json());
    return new Map(
      Object.entries(answer).flatMap(([room, { bridgeJid }]) =>
        bridgeJid ? [[room.split('@', 1)[0] ?? '', bridgeJid.split('/')[1] ?? ''] as const] : [],
      ),
    );
  };
  const killLeader = async () => {
    const { orchestrators } = await apiOf(fleet).status();
    const api = orchestrators.find(({ state }) => state === 'leads')?.api;
    const name = orchestratorsOf(fleet.fleet).find((one) => hostPort(one.api) === api)?.name ?? '';
    process.kill(fleet.processes.find(name)?.pid ?? 0, 'SIGKILL');
  };
  const eventsOf = async (action: string) =>
    (await apiOf(fleet).events({ limit: 500 })).events.filter((event) => event.action === action);

  it('are as many as the overlay asks for at least, also when the leader dies as they start', async () => {
    await setBounds('2..8');
    await untilOpen(1, 2);
    expect(new Set([await hold('one'), await hold('two')])).toEqual(new Set([bridge(1), bridge(2)]));
    await setBounds('5..8');
    await waitFor(() => fleet.processes.find(bridge(3)), {
      timeoutMs: 30_000,
      everyMs: 5,
      describe: () => 'no third bridge starts',
    });
    await killLeader();
    await untilOpen(1, 2, 3, 4, 5);
    expect(running().toSorted()).toEqual([1, 2, 3, 4, 5].map(bridge));
    const further = [await hold('three'), await hold('four'), await hold('five')];
    expect(new Set(further)).toEqual(new Set([3, 4, 5].map(bridge)));
  });

  it('go by drain alone, exactly those that were drained, also when the leader dies meanwhile', async () => {
    await until('not all are known to carry people', (all) =>
      all.every(({ localEndpoints }) => localEndpoints === 2),
    );
    await waitFor(
      async () => {
        const { now } = await apiOf(fleet).shardLoad('eu-1', 1);
        return (now?.participants === 10 && (now.bitsPerSecond ?? 0) > 9e6) || undefined;
      },
      { timeoutMs: 20_000, describe: () => 'what they carry is not measured' },
    );
    await setBounds('1..3');
    // All carry the same: the oldest go.
    await until('two do not drain', (all) => inState(all, 'draining').join() === [1, 2].map(bridge).join());
    await killLeader();
    await until('nobody else leads', (all) => inState(all, 'open').length === 3);
    // A shard of which too many bridges drain would take one of them.
    expect([3, 4, 5].map(bridge)).toContain(await hold('six'));
    await sleep(3_000);
    const after = await until('not all can be read', (all) => inState(all, 'unknown').length === 0);
    expect(inState(after, 'draining')).toEqual([1, 2].map(bridge));
    expect(running()).toHaveLength(5);

    const before = await bridgeOfRooms();
    const leaving = meetings.filter(({ room }) => [1, 2].map(bridge).includes(before.get(room.name) ?? ''));
    expect(leaving).toHaveLength(2);
    for (const meeting of leaving) {
      expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
      await meeting.end();
      before.delete(meeting.room.name);
    }
    await untilOpen(3, 4, 5);
    expect(running().toSorted()).toEqual([3, 4, 5].map(bridge));
    expect(await bridgeOfRooms()).toEqual(before);
    // Over two changes of leader.
    const steps = (await apiOf(fleet).shardLoad('eu-1', 1)).history;
    expect(Math.max(...steps.map(({ bitsPerSecond }) => bitsPerSecond ?? 0))).toBeGreaterThan(1e6);
    const removed = (await eventsOf('bridge.remove')).flatMap(({ inputs }) => inputs.bridges);
    expect(removed.toSorted()).toEqual([1, 2].map(bridge));
  });

  it('are their operator’s to drain, to take back and to cut', async () => {
    expect(await usherHere(fleet, ['bridge', 'drain', bridge(4), '--dry-run'])).toMatchObject({ code: 0 });
    expect(await usherHere(fleet, ['bridge', 'drain', bridge(4)])).toMatchObject({ code: 0 });
    expect(await usherHere(fleet, ['bridge', 'drain', bridge(4)])).toMatchObject({ code: 64 });
    await killLeader();
    await setBounds('3..3');
    // It is not taken back: another is started for it.
    const all = await until('none is started in its place', (now) => inState(now, 'open').length === 3);
    expect(all.find(({ name }) => name === bridge(4))).toMatchObject({ state: 'told', word: 'drained' });
    const { stdout } = await usherHere(fleet, ['bridge', 'list']);
    expect(stdout).toMatch(new RegExp(`^${bridge(4)} +eu-1 +told +drained +[12] +[24] `, 'm'));

    expect(await usherHere(fleet, ['bridge', 'undrain', bridge(4)])).toMatchObject({ code: 0 });
    // Four are one too many: the one that was started goes again, as nobody is on it.
    await untilOpen(3, 4, 5);
    expect(await readFile(join(fleet.folder, 'bridges.yaml'), 'utf8')).not.toContain('bridge-4');
    const going = meetings.filter(({ participants }) => participants.every(({ present }) => present));
    expect(going).toHaveLength(4);
    for (const meeting of going) {
      expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
      expect(judgeMeeting(meeting.record)).toMatchObject({
        split: undefined,
        moved: undefined,
        cut: undefined,
      });
    }

    const cut = await usherHere(fleet, ['bridge', 'remove', bridge(5), '--force']);
    expect(cut).toMatchObject({ code: 2, stderr: expect.stringMatching(/will .*cut [12] conferences?/s) });
    expect(await usherHere(fleet, ['bridge', 'remove', bridge(5), '--force', '--yes'])).toMatchObject({
      code: 0,
    });
    await untilOpen(1, 3, 4);
    expect(await usherHere(fleet, ['bridge', 'remove', bridge(5)])).toMatchObject({ code: 2 });
  });
});
