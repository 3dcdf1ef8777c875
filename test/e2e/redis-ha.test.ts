import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { agentStatus } from '../../haproxy/agent/status.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import type { FleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { doubles, remains } from './testing/leftovers.ts';
import { apiOf, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

// One fleet, to which one thing after the other happens.
describe('a fleet whose Redis has replicas and Sentinels', { timeout: 180_000 }, () => {
  let fleet: RunningFleet;
  let meeting: Meeting;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' }, redisHa: true });
    meeting = new Meeting({ room: { tenant: '', name: 'all-hands' }, size: 3, proxies: fleet.proxies });
    await meeting.join(patient);
  }, 120_000);
  afterAll(async () => {
    await meeting.end();
    await usherOn(fleet, ['down']);
    await fleet.delete();
  }, 120_000);

  const seatsRooms = async (prefix: string) => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    expect(await joinRooms({ proxies, rooms: 30, prefix })).toMatchObject({ split: 0, refused: 0 });
  };
  const status = (): Promise<FleetStatus['redis'] | undefined> =>
    apiOf(fleet)
      .status()
      .then(
        ({ redis }) => redis,
        () => undefined,
      );
  const whole = (not?: string | null) =>
    waitFor(
      async () => {
        const redis = await status();
        return redis?.replicas === 2 && redis.sentinels?.agree === 3 && redis.primary !== not
          ? redis
          : undefined;
      },
      { timeoutMs: 60_000, describe: () => 'no primary with two replicas' },
    );
  const nodeAt = (address: string | null | undefined) => {
    const ports = fleet.fleet.redis.nodes?.map(({ port }) => String(port)) ?? [];
    return `redis.${ports.indexOf(address?.split(':')[1] ?? '') + 1}`;
  };
  /** Claims over all proxies. */
  const counts = async () => {
    const proxies = await Promise.all(
      fleet.fleet.proxies.map(async ({ agent }) => {
        const response = await fetch(`http://${hostPort(agent.http)}/v1/status`);
        return agentStatus.parse(await response.json()).claims;
      }),
    );
    const sum = (what: 'seated' | 'failed' | 'refused') =>
      proxies.reduce((total, claims) => total + claims[what], 0);
    return { seated: sum('seated'), failed: sum('failed'), refused: sum('refused') };
  };
  const kill = (name: string) => process.kill(fleet.processes.find(name)?.pid ?? 0, 'SIGKILL');

  it('says so', async () => {
    await whole();
    const { stdout } = await usherOn(fleet, ['status']);
    expect(stdout).toMatch(/^Redis: +127.0.0.1:\d+, 2 replicas connected, named by 3 of 3 Sentinels$/m);
    await seatsRooms('first');
  });

  const decides = () =>
    waitFor(async () => (await status())?.ok || undefined, {
      timeoutMs: 60_000,
      describe: () => 'the table was not rebuilt',
    });
  const nobodyNoticed = async () => {
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(meeting.participants.flatMap(({ seats }) => seats)).toHaveLength(3);
    expect((await apiOf(fleet).room('/all-hands')).shard).toBe(`${meeting.shard}.1`);
    expect(await usherOn(fleet, ['proxy', 'diff'])).toMatchObject({ code: 0 });
  };

  it('loses its primary, and nobody is moved or split; the lost node is a replica of the next', async () => {
    const { primary } = await whole();
    kill(nodeAt(primary));
    await seatsRooms('while-it-is-away');
    await whole(primary);
    await seatsRooms('first');
    await decides();
    await nobodyNoticed();
    expect(doubles(fleet.state)).toEqual([]);
  });

  it('gets its primary back after it was stopped, and nobody goes by what that still knows', async () => {
    const { primary } = await whole();
    const { pid } = fleet.processes.find(nodeAt(primary)) ?? { pid: 0 };
    process.kill(pid, 'SIGSTOP');
    try {
      await waitFor(async () => ((await status())?.primary !== primary ? true : undefined), {
        timeoutMs: 30_000,
        describe: () => 'no failover',
      });
      await seatsRooms('while-it-is-stopped');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await seatsRooms('as-it-is-back');
    await whole(primary);
    await decides();
    await seatsRooms('while-it-is-stopped');
    await nobodyNoticed();
  });

  it('seats rooms by their buckets while no replica can hold a claim', async () => {
    const { primary } = await whole();
    const replicas = ['redis.1', 'redis.2', 'redis.3'].filter((name) => name !== nodeAt(primary));
    const pids = replicas.map((name) => fleet.processes.find(name)?.pid ?? 0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const before = await counts();
      await seatsRooms('held-by-none');
      // A claim may outlast the proxy's patience with it.
      const after = await waitFor(
        async () => {
          const now = await counts();
          return now.failed + now.refused > before.failed + before.refused ? now : undefined;
        },
        { timeoutMs: 5_000, describe: () => 'no claim has failed' },
      );
      expect(after.seated).toBe(before.seated);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await whole();
    await decides();
    await seatsRooms('held-by-none');
    await nobodyNoticed();
  });

  it('goes down whole, and comes up again', async () => {
    await meeting.end();
    expect(await usherOn(fleet, ['down'])).toMatchObject({ code: 0 });
    expect(remains(fleet)).toEqual([]);
    expect(await usherOn(fleet, ['up'])).toMatchObject({ code: 0 });
    await whole();
    await seatsRooms('again');
  });
});
