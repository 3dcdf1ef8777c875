import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep, waitFor } from '../../common/time.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { proxyView } from './testing/proxy-view.ts';
import { isSeated, newRoomOn, seatOf } from './testing/rooms-of.ts';
import { apiOf, usherOn } from './testing/usher-on.ts';

const proxies = ['proxy-1', 'proxy-2'];
const room = '/stand-up';
const patient = AbortSignal.timeout(600_000);

describe('the life of a room', { timeout: 180_000 }, () => {
  let fleet: RunningFleet;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
  }, 120_000);
  afterAll(() => fleet?.stop());

  const meet = async () => {
    const meeting = new Meeting({
      room: { tenant: '', name: room.slice(1) },
      size: 4,
      proxies: fleet.proxies,
    });
    await meeting.join(patient);
    return meeting;
  };
  const entries = () =>
    Promise.all(proxies.map(async (proxy) => (await proxyView(fleet, proxy)).rooms.get(room)));

  it('is live while people are in it, however long nobody joins', async () => {
    const meeting = await meet();
    await waitFor(async () => (await apiOf(fleet).room(room)).state === 'live' || undefined, {
      timeoutMs: 10_000,
      describe: () => 'the census does not show the room',
    });
    // Well beyond the grace of three seconds and all censuses that end a room.
    const end = Date.now() + 7_000;
    while (Date.now() < end) {
      expect(await apiOf(fleet).room(room)).toMatchObject({ state: 'live' });
      await sleep(250);
    }
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record)).toMatchObject({
      split: undefined,
      moved: undefined,
      cut: undefined,
    });
    await meeting.end();
  });

  it('ends with its meeting: no placement, no entry in any proxy', async () => {
    await waitFor(async () => ((await isSeated(apiOf(fleet), room)) ? undefined : true), {
      timeoutMs: 30_000,
      describe: () => 'the room is still seated',
    });
    expect(await usherOn(fleet, ['room', 'show', room])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not seated'),
    });
    await waitFor(async () => ((await entries()).every((entry) => entry === undefined) ? true : undefined), {
      timeoutMs: 10_000,
      describe: () => 'a proxy still has the room',
    });
  });

  it('is told by its events, from the first claim to its end', async () => {
    const { code, stdout } = await usherOn(fleet, ['events', '--room', room]);
    const told = stdout.split('\n').map((line) => line.split(' ')[2]);
    expect({ code, told: told.slice(-6, -1) }, stdout).toEqual({
      code: 0,
      told: ['room.live', 'room.linger', 'room.retire', 'room.end', 'retire.delete'],
    });
    expect(stdout).toMatch(
      /^\S+ agent proxy-[12]: room.seat \/stand-up on eu-[12].1: a request claimed it$/m,
    );
  });

  it('is on one shard when it is opened again at any moment of its end', async () => {
    for (const afterMs of [0, 1_000, 2_000, 3_500, 5_000]) {
      const meeting = await meet();
      await meeting.end();
      await sleep(afterMs);
      const again = await meet();
      expect(await again.check(patient)).toMatchObject({ absent: [], unheard: [] });
      expect(judgeMeeting(again.record)).toMatchObject({
        split: undefined,
        moved: undefined,
        cut: undefined,
      });
      await again.end();
    }
  });

  it('begins where its operator pinned it, on every proxy, and stays pinned when it ends', async () => {
    const api = apiOf(fleet);
    const vip = await newRoomOn(api, 'eu-1', 'vip');
    const name = vip.slice(1);
    const hold = async () => {
      const meeting = new Meeting({ room: { tenant: '', name }, size: 4, proxies: fleet.proxies });
      await meeting.join(patient);
      return meeting;
    };
    const first = await hold();
    expect(first.shard).toBe('eu-1');
    expect(await usherOn(fleet, ['room', 'pin', name, 'eu-2'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/it waits: it is live on eu-1\.1|it waits: it is seated on eu-1\.1/),
    });
    await sleep(2_000);
    expect(await first.check(patient)).toMatchObject({ absent: [], unheard: [] });
    await first.end();
    await waitFor(async () => ((await seatOf(api, vip)) === 'eu-2.1' ? true : undefined), {
      timeoutMs: 60_000,
      describe: () => 'the pinned room was not seated',
    });
    const second = await hold();
    expect(second.shard).toBe('eu-2');
    expect(judgeMeeting(second.record)).toMatchObject({ split: undefined, moved: undefined });
    await second.end();
    // Longer than it takes a room to end that is not pinned.
    await sleep(8_000);
    expect(await api.room(vip)).toMatchObject({ shard: 'eu-2.1' });
    expect(await usherOn(fleet, ['room', 'unpin', name])).toMatchObject({ code: 0 });
    expect(await usherOn(fleet, ['room', 'unpin', name])).toMatchObject({ code: 64 });
    await waitFor(async () => ((await isSeated(api, vip)) ? undefined : true), {
      timeoutMs: 30_000,
      describe: () => 'the room is still seated',
    });
  });

  it('is not pinned to a shard that is not there', async () => {
    expect(await usherOn(fleet, ['room', 'pin', 'vip', 'eu-9'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no shard eu-9; known: eu-1, eu-2'),
    });
  });
});
