import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { listeners } from '../../orchestrator/fleet/rules.ts';
import { isPortFree } from '../../shards/local/process/ports.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { quickTimings } from '../fleet/running-fleet.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../fleet/temporary-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { doubles, remains, startedPrograms } from './testing/leftovers.ts';
import { apiOf, startUsherOn, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

// One fleet, to which one thing after the other happens: each test goes on where the one before it ended.
describe('a fleet on one machine', { timeout: 180_000 }, () => {
  let fleet: TemporaryFleet;
  let stranger: ChildProcess;
  let meeting: Meeting;

  beforeAll(async () => {
    fleet = await createTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' }, timings: quickTimings });
    meeting = new Meeting({ room: { tenant: '', name: 'all-hands' }, size: 3, proxies: fleet.proxies });
    stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    await once(stranger, 'spawn');
  });
  afterAll(async () => {
    await meeting.end();
    stranger.kill('SIGKILL');
    await usherOn(fleet, ['down']);
    await fleet.delete();
  }, 120_000);

  const usher = (...words: string[]) => usherOn(fleet, words);
  const pids = (): Record<string, number> =>
    Object.fromEntries(new ProcessDirectory(fleet.state).list().map(({ name, pid }) => [name, pid]));
  const seatsRooms = async (prefix: string) => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    expect(await joinRooms({ proxies, rooms: 30, prefix })).toMatchObject({ split: 0, refused: 0 });
  };

  it('comes up although an `up` was killed and an old record names a stranger', async () => {
    // The pid of a Redis of before the machine's last start.
    const record = {
      name: 'redis',
      pid: stranger.pid,
      identity: 'another-boot/1',
      command: 'redis-server',
      args: [],
    };
    await mkdir(join(fleet.state, 'run'), { recursive: true });
    await writeFile(join(fleet.state, 'run', 'redis.json'), JSON.stringify({ ...record, startedAt: 1 }));

    const killed = startUsherOn(fleet, ['up']);
    await killed.said('waiting for shards');
    killed.signal('SIGKILL');
    expect(await killed.outcome).toMatchObject({ code: null });

    const up = await usher('up', '--json');
    expect(up).toMatchObject({ code: 0 });
    expect(JSON.parse(up.stdout)).toMatchObject({ fleet: 'temporary', redis: { ok: true } });
    expect(doubles(fleet.state)).toEqual([]);
    expect([...startedPrograms(fleet.state).keys()].sort()).toEqual(Object.keys(pids()).sort());
    await meeting.join(patient);
    await seatsRooms('first');
  });

  it('is not started twice', async () => {
    const before = pids();
    expect(await usher('up')).toMatchObject({
      code: 64,
      stdout: '',
      stderr: expect.stringContaining('is up already'),
    });
    expect(await usher('up', '--dry-run')).toMatchObject({ code: 64, stdout: '' });
    expect(pids()).toEqual(before);
  });

  it('is taken over when its supervisor was killed, and nothing that runs is ended', async () => {
    const { supervisor, ...others } = pids();
    process.kill(supervisor ?? 0, 'SIGKILL');
    expect(await usher('up')).toMatchObject({ code: 0, stderr: expect.stringContaining('supervisor') });
    const { supervisor: another, ...after } = pids();
    expect(after).toEqual(others);
    expect(another).not.toBe(supervisor);
    expect(doubles(fleet.state)).toEqual([]);
  });

  it('gets a killed orchestrator back, and seats rooms without it', async () => {
    const { orchestrator } = pids();
    process.kill(orchestrator ?? 0, 'SIGKILL');
    await seatsRooms('headless');
    const status = await waitFor(
      () =>
        apiOf(fleet)
          .status()
          .catch(() => undefined),
      {
        timeoutMs: 20_000,
        describe: () => 'the orchestrator did not come back',
      },
    );
    expect(status).toMatchObject({ fleet: 'temporary' });
    await waitFor(
      async () => {
        const { shards } = await apiOf(fleet).status();
        return shards.every(({ observed }) => observed === 'ready') || undefined;
      },
      { timeoutMs: 20_000, describe: () => 'the new orchestrator does not see the shards' },
    );
    expect(await usher('status')).toMatchObject({ code: 0, stdout: expect.stringContaining('eu-2') });
    expect(doubles(fleet.state)).toEqual([]);
  });

  it('serves on while Redis does not answer, says so, and is in step again when it does', async () => {
    const redis = pids().redis ?? 0;
    process.kill(redis, 'SIGSTOP');
    try {
      await seatsRooms('no-redis');
      const status = await usher('status', '--json');
      expect(status.code).toBe(0);
      expect(JSON.parse(status.stdout)).toMatchObject({
        redis: { ok: false, reason: expect.stringMatching(/./) },
      });
      const change = await usher('shard', 'show', 'eu-1');
      expect(change.stderr).not.toContain('defect');
    } finally {
      process.kill(redis, 'SIGCONT');
    }
    await waitFor(
      async () => {
        const {
          redis: { ok },
          proxies,
        } = await apiOf(fleet).status();
        return (ok && proxies.length === 2 && proxies.every(({ inStep }) => inStep)) || undefined;
      },
      { timeoutMs: 20_000, describe: () => 'the fleet is not in step again' },
    );
    await seatsRooms('redis-again');
  });

  it('says of a shard whose part cannot be started that it is not well, and why', async () => {
    const shard = meeting.shard === 'eu-1' ? 'eu-2' : 'eu-1';
    const folder = join(fleet.state, 'shards', shard, 'web');
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    process.kill(pids()[`${shard}-web`] ?? 0, 'SIGKILL');
    const seen = (observed: string) =>
      waitFor(async () => [await apiOf(fleet).shard(shard)].find((one) => one.observed === observed), {
        timeoutMs: 30_000,
        describe: () => `${shard} is not ${observed}`,
      });
    expect((await seen('degraded')).reason).toMatch(/shards\/eu-\d\/web/);

    await rm(folder);
    expect((await seen('ready')).reason).toBe('');
  });

  it('has cut no meeting by all that', async () => {
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(meeting.participants.flatMap(({ seats }) => seats)).toHaveLength(3);
    await meeting.end();
  });

  it('is gone after `usher down`', async () => {
    expect(startedPrograms(fleet.state).size).toBeGreaterThan(10);
    expect(await usher('down', '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('would stop redis'),
    });
    expect(await usher('down')).toMatchObject({ code: 0 });
    expect(remains(fleet)).toEqual([]);
    for (const [, { port }] of listeners(fleet.fleet)) expect(await isPortFree(port)).toBe(true);
    expect(stranger.exitCode ?? stranger.signalCode).toBe(null);
    expect(await usher('down')).toMatchObject({ code: 64 });
    expect(await usher('status')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is the fleet up?'),
    });
  });
});
