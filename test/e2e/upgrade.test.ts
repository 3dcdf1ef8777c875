import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { countByShard, newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn, startUsherOn, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);
const upgrade = ['shard', 'upgrade', '--bake', '2s', '--canary', '20%', '--image-tag'];
const unharmed = { split: undefined, moved: undefined, cut: undefined };

// One fleet, upgraded under meetings: each test goes on where the one before it ended.
describe('an upgrade under meetings', { timeout: 200_000 }, () => {
  let fleet: RunningFleet;
  let meetings: Meeting[];

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
    const rooms = await Promise.all(['eu-1', 'eu-2'].map((shard) => newRoomOn(apiOf(fleet), shard, shard)));
    meetings = rooms.map(
      (room) => new Meeting({ room: { tenant: '', name: room.slice(1) }, size: 2, proxies: fleet.proxies }),
    );
    for (const meeting of meetings) await meeting.join(patient);
  }, 120_000);
  afterAll(async () => {
    for (const meeting of meetings ?? []) await meeting.end();
    await fleet?.stop();
  });

  const usher = (...words: string[]) => usherOn(fleet, words);
  const names = async () => (await apiOf(fleet).shards()).map(({ name }) => name);
  const newRooms = async (prefix: string) => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const joined = await joinRooms({ proxies, rooms: 60, prefix, path: '/config.js' });
    expect(joined).toMatchObject({ split: 0, refused: 0 });
    return countByShard(joined.outcomes);
  };
  const allUnharmed = async () => {
    for (const meeting of meetings) {
      expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
      expect(judgeMeeting(meeting.record)).toMatchObject(unharmed);
    }
  };

  it('says with --dry-run what it would do, and does nothing', async () => {
    const { code, stdout } = await usher(...upgrade, 'v2', '--dry-run');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: ['eu-1', 'eu-2']
        .map((name) => `would replace ${name} (the fleet's version) by a new shard of v2\n`)
        .join(''),
    });
    expect(await usher('shard', 'upgrade', 'status')).toMatchObject({ code: 2 });
  });

  it('stops at a version that is not healthy, explains itself, and is rolled back', async () => {
    const stopped = await usher(...upgrade, 'v2-broken', '--ready-within', '8s', '--wait');
    expect(stopped).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/stopped: eu-3 was not ready within 8 s: jicofo: .*v2-broken is broken/),
    });
    expect(await newRooms('broken')).not.toHaveProperty('eu-3');
    const status = await usher('shard', 'upgrade', 'status');
    expect(status.stdout).toMatch(/State: +stopped\nReason: +eu-3 was not ready.*upgrade rollback/s);
    expect(await usher(...upgrade, 'v3')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is stopped'),
    });

    expect(await usher('shard', 'upgrade', 'rollback')).toMatchObject({ code: 0 });
    await waitFor(async () => ((await apiOf(fleet).upgrade()).state === 'done' ? true : undefined), {
      timeoutMs: 60_000,
      everyMs: 300,
      describe: () => 'the upgrade is not rolled back',
    });
    expect(await names()).toEqual(['eu-1', 'eu-2']);
    await allUnharmed();
  });

  it('replaces every shard, goes on when the orchestrator is killed, and cuts nobody', async () => {
    const running = startUsherOn(fleet, [...upgrade, 'v2', '--wait']);
    await running.said('eu-3 is on trial');
    expect((await newRooms('trial'))['eu-3'] ?? 0).toBeLessThan(20);
    await running.said('eu-1 drains');
    process.kill(fleet.processes.find('orchestrator')?.pid ?? 0, 'SIGKILL');
    await allUnharmed();
    const [first, second] = meetings;
    await first?.end();
    await running.said('eu-2 drains');
    await waitFor(
      async () => {
        const { shards, operations } = await apiOf(fleet).status();
        const isMoving = operations.some(({ kind }) => kind === 'move');
        return (shardIn({ shards }, 'eu-2').buckets === 0 && !isMoving) || undefined;
      },
      { timeoutMs: 60_000, everyMs: 300, describe: () => 'eu-2 kept its buckets' },
    );
    expect(await second?.visit(patient)).toMatchObject({ unheard: [], seat: { shard: 'eu-2' } });
    expect(Object.keys(await newRooms('late')).toSorted()).toEqual(['eu-3', 'eu-4']);
    expect(judgeMeeting(second?.record ?? { room: '', seats: [], routes: [] })).toMatchObject(unharmed);
    await second?.end();
    expect(await running.outcome).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/upgrade is done\n$/),
    });

    expect(await names()).toEqual(['eu-3', 'eu-4']);
    for (const shard of await apiOf(fleet).shards())
      expect(shard).toMatchObject({ imageTag: 'v2', observed: 'ready' });
    const { bridges } = shardIn({ shards: await apiOf(fleet).shards() }, 'eu-4');
    const version = await fetch(`${bridges[0]?.rest}/about/version`);
    expect(await version.json()).toMatchObject({ version: 'v2' });
    for (const meeting of meetings) expect(judgeMeeting(meeting.record)).toMatchObject(unharmed);
    expect(await usher(...upgrade, 'v2')).toMatchObject({ code: 64 });
  });
});
