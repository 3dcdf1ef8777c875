import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep, waitFor } from '../../common/time.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { processNames } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { apiOf, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

describe('a Redis that loses the table', { timeout: 240_000 }, () => {
  let fleet: RunningFleet;
  let redis: Redis;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
    redis = new Redis(fleet.fleet.redis.url ?? '', { retryStrategy: () => 100 });
    redis.on('error', () => undefined);
    await meet('before', 6);
    // The rooms of eu-1 stay while its buckets leave: entries that no bucket explains.
    expect(await usherOn(fleet, ['shard', 'cordon', 'eu-1', '--wait'])).toMatchObject({ code: 0 });
    await meet('after', 6);
  }, 180_000);
  afterAll(async () => {
    redis?.disconnect();
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  async function meet(prefix: string, count: number): Promise<void> {
    const rooms = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
    for (const name of rooms) {
      const meeting = new Meeting({ room: { tenant: '', name }, size: 3, proxies: fleet.proxies });
      await meeting.join(patient);
      meetings.push(meeting);
    }
  }

  const decides = () =>
    waitFor(async () => ((await apiOf(fleet).status()).redis.ok ? true : undefined), {
      timeoutMs: 60_000,
      describe: () => 'the table was not rebuilt',
    });

  /** Guests join every meeting and new rooms open, again and again, until `over` is done. */
  async function underLoad(over: Promise<unknown>): Promise<void> {
    let going = true;
    void over.finally(() => {
      going = false;
    });
    while (going) {
      for (const meeting of meetings) {
        if (!going) break;
        await meeting.visit(patient);
      }
      await sleep(50);
    }
    await over;
  }

  async function nothingHappened(): Promise<void> {
    const placed = new Map((await apiOf(fleet).rooms({ limit: 1_000 })).map((one) => [one.room, one]));
    for (const meeting of meetings) {
      expect(placed.get(`/${meeting.room.name}`)?.shard).toBe(`${meeting.shard}.1`);
      expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
      expect(judgeMeeting(meeting.record)).toMatchObject({
        split: undefined,
        moved: undefined,
        cut: undefined,
      });
    }
  }

  it.each([
    ['is emptied', () => redis.flushall()],
    [
      'is killed, and restarted empty',
      async () => process.kill(fleet.processes.find(processNames.redis)?.pid ?? 0, 'SIGKILL'),
    ],
  ])('%s: the table comes back whole, and nobody notices', async (_what, lose) => {
    await lose();
    await underLoad(sleep(200).then(decides));
    await meet('meanwhile', 2);
    await nothingHappened();
    const { shards, redis: state } = await apiOf(fleet).status();
    expect(state).toMatchObject({ ok: true, reason: '' });
    expect(shards.map(({ name, desired, admitted }) => ({ name, desired, admitted }))).toEqual([
      { name: 'eu-1', desired: 'cordoned', admitted: true },
      { name: 'eu-2', desired: 'active', admitted: true },
    ]);
    expect(await usherOn(fleet, ['proxy', 'diff'])).toMatchObject({ code: 0 });
  });

  it('waits for an agent that does not answer, and goes on without it only when an operator says so', async () => {
    const agent = fleet.processes.find(processNames.agent('proxy-2'))?.pid ?? 0;
    process.kill(agent, 'SIGSTOP');
    try {
      await redis.flushall();
      const asked = await waitFor(
        async () => {
          const { code, stdout } = await usherOn(fleet, ['table', 'rebuild', '--force', '--dry-run']);
          return code === 0 ? stdout : undefined;
        },
        { timeoutMs: 40_000, describe: () => 'the rebuild waits for nobody' },
      );
      expect(asked).toMatch(/rebuild the table without proxy proxy-2 \(/);
      expect((await apiOf(fleet).status()).redis).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/waits for the report of .*proxy proxy-2: no answer/),
      });
      expect(await usherOn(fleet, ['table', 'rebuild', '--force'])).toMatchObject({ code: 0 });
      await decides();
    } finally {
      process.kill(agent, 'SIGCONT');
    }
    await nothingHappened();
    expect(await usherOn(fleet, ['table', 'rebuild', '--force'])).toMatchObject({ code: 64 });
  });

  it('goes on with a feed that was trimmed to nothing', async () => {
    await redis.xtrim(redisKey('temporary', 'feed'), 'MAXLEN', 0);
    await sleep(1_500);
    await meet('trimmed', 1);
    await nothingHappened();
    expect(await usherOn(fleet, ['proxy', 'diff'])).toMatchObject({ code: 0 });
  });
});
