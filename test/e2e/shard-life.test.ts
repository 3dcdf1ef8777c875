import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { folderBytes } from './testing/folder-bytes.ts';
import { startedPrograms } from './testing/leftovers.ts';
import { proxyView } from './testing/proxy-view.ts';
import { countByShard, isSeated, newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn, startUsherOn, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);
const add = ['shard', 'add', 'eu-3', '--region', 'eu', '--bridges', '1..2'];

// One life of one shard, in its order: each test goes on where the one before it ended.
describe('the life of a shard, by the command line', { timeout: 180_000 }, () => {
  let fleet: RunningFleet;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
  }, 120_000);
  afterAll(() => fleet?.stop());

  const usher = (...words: string[]) => usherOn(fleet, words);
  const seat = async (rooms: number, prefix: string) => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const result = await joinRooms({ proxies, rooms, prefix, inFlight: 50 });
    expect(result).toMatchObject({ rooms, split: 0, refused: 0 });
    return countByShard(result.outcomes);
  };

  const bucketsHaveMoved = () =>
    waitFor(
      async () => (await apiOf(fleet).status()).operations.every(({ kind }) => kind !== 'move') || undefined,
      {
        timeoutMs: 60_000,
        describe: () => 'the buckets are still moving',
      },
    );

  it('changes nothing with --dry-run', async () => {
    const before = await folderBytes(fleet.folder);
    const shards = await apiOf(fleet).shards();
    for (const words of [
      add,
      ['shard', 'cordon', 'eu-1'],
      ['shard', 'drain', 'eu-1'],
      ['shard', 'remove', 'eu-1'],
    ]) {
      expect(await usher(...words, '--dry-run')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('would '),
      });
    }
    expect(await folderBytes(fleet.folder)).toEqual(before);
    const wishes = (all: ShardStatus[]) =>
      all.map(({ name, desired, removing }) => ({ name, desired, removing }));
    expect(wishes(await apiOf(fleet).shards())).toEqual(wishes(shards));
  });

  it('seats nobody on a shard that is not there, and its share of new rooms on one that was added', async () => {
    expect(await seat(60, 'before')).not.toHaveProperty('eu-3');

    const added = await usher(...add, '--wait', '--json');
    expect(added).toMatchObject({ code: 0 });
    expect(JSON.parse(added.stdout)).toMatchObject({ changed: true });
    expect(shardIn({ shards: await apiOf(fleet).shards() }, 'eu-3')).toMatchObject({
      incarnation: 'eu-3.1',
      admitted: true,
    });
    await bucketsHaveMoved();

    const counts = await seat(300, 'after');
    expect(counts['eu-3']).toBeGreaterThan(60);
    expect(counts['eu-3']).toBeLessThan(140);
    expect(await usher(...add)).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('nothing to change'),
    });
  });

  it('gives a cordoned shard no new rooms until it is uncordoned', async () => {
    expect(await usher('shard', 'cordon', 'eu-3', '--wait')).toMatchObject({ code: 0 });
    expect(await usher('shard', 'cordon', 'eu-3')).toMatchObject({ code: 64 });
    expect(await seat(60, 'cordoned')).not.toHaveProperty('eu-3');
    expect(shardIn({ shards: await apiOf(fleet).shards() }, 'eu-3')).toMatchObject({
      desired: 'cordoned',
      observed: 'ready',
    });

    expect(await usher('shard', 'uncordon', 'eu-3', '--wait')).toMatchObject({ code: 0 });
    expect(await usher('shard', 'uncordon', 'eu-3')).toMatchObject({ code: 64 });
    await bucketsHaveMoved();
    expect((await seat(60, 'uncordoned'))['eu-3']).toBeGreaterThan(0);
  });

  it('does not remove a shard under a meeting, and removes it without a trace when that has ended', async () => {
    const room = await newRoomOn(apiOf(fleet), 'eu-3', 'held');
    const meeting = new Meeting({
      room: { tenant: '', name: room.slice(1) },
      size: 2,
      proxies: fleet.proxies,
    });
    await meeting.join(patient);
    expect(meeting.shard).toBe('eu-3');

    const before = await folderBytes(fleet.folder);
    expect(await usher('shard', 'remove', 'eu-3')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /eu-3 has \d+ rooms? with 2 participants: \/held-\d+ \(2\).*--drain.*--force/,
      ),
    });
    expect(await folderBytes(fleet.folder)).toEqual(before);

    const removal = startUsherOn(fleet, ['shard', 'remove', 'eu-3', '--drain', '--wait', '--json']);
    // The other rooms of the shard, in which nobody is, end by and by; this one stays.
    await removal.said('eu-3: removing: 1 room left, 2 participants left, 0 buckets left');
    expect(await seat(60, 'removing')).not.toHaveProperty('eu-3');
    const visit = await meeting.visit(patient);
    expect(visit).toMatchObject({ unheard: [], seat: { shard: 'eu-3' } });
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(await isSeated(apiOf(fleet), room)).toBe(true);

    await meeting.end();
    const outcome = await removal.outcome;
    expect(outcome).toMatchObject({ code: 0 });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ changed: true });
    expect(judgeMeeting(meeting.record)).toMatchObject({
      split: undefined,
      moved: undefined,
      cut: undefined,
    });

    expect(existsSync(join(fleet.folder, 'shards', 'eu-3'))).toBe(false);
    expect(await readFile(join(fleet.folder, 'kustomization.yaml'), 'utf8')).not.toContain('eu-3');
    expect([...startedPrograms(fleet.state).keys()].filter((name) => name.startsWith('eu-3'))).toEqual([]);
    expect(existsSync(join(fleet.state, 'shards', 'eu-3'))).toBe(false);
    for (const proxy of ['proxy-1', 'proxy-2']) {
      const view = await waitFor(
        async () => {
          const now = await proxyView(fleet, proxy);
          return now.servers.includes('eu-3.1') ? undefined : now;
        },
        { timeoutMs: 10_000, describe: () => `${proxy} still has the server eu-3.1` },
      );
      expect(view.servers.toSorted()).toEqual(['eu-1.1', 'eu-2.1']);
      expect(JSON.stringify([...view.slots, ...view.buckets])).not.toContain('eu-3');
    }
    for (const { reloads } of await apiOf(fleet).proxies()) expect(reloads).toBe(0);
  });

  it('begins another life under the same name, and drains and removes it when nobody is there', async () => {
    expect(await usher(...add, '--wait')).toMatchObject({ code: 0 });
    expect(shardIn({ shards: await apiOf(fleet).shards() }, 'eu-3').incarnation).toBe('eu-3.2');

    expect(await usher('shard', 'drain', 'eu-3', '--wait')).toMatchObject({ code: 0 });
    expect(shardIn({ shards: await apiOf(fleet).shards() }, 'eu-3')).toMatchObject({
      drained: true,
      desired: 'draining',
    });
    expect(await usher('shard', 'drain', 'eu-3')).toMatchObject({ code: 64 });
    expect(await usher('shard', 'remove', 'eu-3', '--wait')).toMatchObject({ code: 0 });
    expect(await usher('shard', 'show', 'eu-3')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('eu-1, eu-2'),
    });
  });

  it('says when a deadline has passed, and cuts nobody before force is asked for', async () => {
    expect(await usher(...add, '--wait')).toMatchObject({ code: 0 });
    await bucketsHaveMoved();
    const room = await newRoomOn(apiOf(fleet), 'eu-3', 'stubborn');
    const meeting = new Meeting({
      room: { tenant: '', name: room.slice(1) },
      size: 2,
      proxies: fleet.proxies,
    });
    await meeting.join(patient);
    const late = startUsherOn(fleet, ['shard', 'drain', 'eu-3', '--deadline', '3s', '--wait']);
    await late.said('past its deadline');
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record)).toMatchObject({
      split: undefined,
      moved: undefined,
      cut: undefined,
    });

    const forced = await usher('shard', 'remove', 'eu-3', '--force', '--yes', '--wait');
    expect(forced).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^cut \d+ rooms? with 2 participants: \/stubborn-\d+ \(2\)/m),
    });
    expect(await late.outcome).toMatchObject({ code: 0 });
    await waitFor(async () => (meeting.participants.every((one) => one.present) ? true : undefined), {
      timeoutMs: 60_000,
      describe: () => 'not everybody came back on another shard',
    });
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record).split).toBe(undefined);
    expect(meeting.shard).not.toBe('eu-3');
    await meeting.end();
    expect((await apiOf(fleet).shards()).map(({ name }) => name)).toEqual(['eu-1', 'eu-2']);
    expect([...startedPrograms(fleet.state).keys()].filter((name) => name.startsWith('eu-3'))).toEqual([]);
  });
});
