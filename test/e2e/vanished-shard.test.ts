import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planRemove } from '../../shards/overlay/plan-remove.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { startedPrograms } from './testing/leftovers.ts';
import { countByShard, newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

// One fleet in its order: each test goes on where the one before it ended.
describe('a shard whose overlay is deleted by hand', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu', 'eu-3': 'eu' } });
  }, 120_000);
  afterAll(async () => {
    for (const meeting of meetings) await meeting.end();
    await fleet?.stop();
  });

  const meetOn = async (shard: string) => {
    const room = await newRoomOn(apiOf(fleet), shard, shard);
    const meeting = new Meeting({
      room: { tenant: '', name: room.slice(1) },
      size: 2,
      proxies: fleet.proxies,
    });
    meetings.push(meeting);
    await meeting.join(patient);
    expect(meeting.shard).toBe(shard);
    return meeting;
  };
  const deleteOverlay = async (shard: string) => applyChanges(await planRemove(fleet.folder, shard));
  const until = <T>(what: string, is: () => Promise<T | undefined>) =>
    waitFor(is, { timeoutMs: 90_000, everyMs: 200, describe: () => what });
  const isLeaving = (shard: string) =>
    until(`${shard} does not leave`, async () => {
      const { removing, buckets } = shardIn({ shards: await apiOf(fleet).shards() }, shard);
      return removing && buckets === 0 ? true : undefined;
    });
  const isGone = (shard: string) =>
    until(`${shard} is still there`, async () =>
      (await apiOf(fleet).shards()).some(({ name }) => name === shard) ? undefined : true,
    );
  const vanishings = async (shard: string) => {
    const { stdout } = await usherOn(fleet, ['events', '--shard', shard]);
    return stdout.split('\n').filter((line) => line.includes('shard.vanish'));
  };

  it('keeps its meetings, gets no new rooms, and goes with the last of them', async () => {
    const meeting = await meetOn('eu-2');
    await deleteOverlay('eu-2');
    await isLeaving('eu-2');
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const joined = await joinRooms({ proxies, rooms: 60, prefix: 'after', path: '/config.js' });
    expect(joined).toMatchObject({ split: 0, refused: 0 });
    expect(countByShard(joined.outcomes)).not.toHaveProperty('eu-2');
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record)).toMatchObject({
      split: undefined,
      moved: undefined,
      cut: undefined,
    });
    expect(await vanishings('eu-2')).toEqual([
      expect.stringContaining('nothing asks for it any more, and it still runs'),
    ]);

    await meeting.end();
    await isGone('eu-2');
    expect([...startedPrograms(fleet.state).keys()].filter((name) => name.startsWith('eu-2'))).toEqual([]);
  });

  it('has its rooms seated elsewhere when nothing is left of it', async () => {
    const meeting = await meetOn('eu-3');
    await deleteOverlay('eu-3');
    await isLeaving('eu-3');
    const own = fleet.processes.list().filter(({ name }) => name.startsWith('eu-3-'));
    for (const { pid } of own) process.kill(pid, 'SIGKILL');
    await rm(join(fleet.state, 'shards', 'eu-3'), { recursive: true });
    await until('not everybody came back on another shard', async () =>
      meeting.participants.every((one) => one.present && one.shard === 'eu-1') ? true : undefined,
    );
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record).split).toBe(undefined);
    await isGone('eu-3');
    expect((await vanishings('eu-3')).join('\n')).toContain('nothing is left of it');
  });
});
