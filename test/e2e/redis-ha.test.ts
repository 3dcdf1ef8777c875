import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import type { FleetStatus } from '../../orchestrator/api/schema.ts';
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
  const kill = (name: string) => process.kill(fleet.processes.find(name)?.pid ?? 0, 'SIGKILL');

  it('says so', async () => {
    await whole();
    const { stdout } = await usherOn(fleet, ['status']);
    expect(stdout).toMatch(/^Redis: +127.0.0.1:\d+, 2 replicas connected, named by 3 of 3 Sentinels$/m);
    await seatsRooms('first');
  });

  it('loses its primary, and nobody is moved or split; the lost node is a replica of the next', async () => {
    const { primary } = await whole();
    kill(nodeAt(primary));
    await seatsRooms('while-it-is-away');
    // The new one has the table, but may lack what the old one had answered: it decides nothing.
    expect(await whole(primary)).toMatchObject({ sentinels: { agree: 3, of: 3 } });
    await seatsRooms('after');
    await seatsRooms('first');
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(meeting.participants.flatMap(({ seats }) => seats)).toHaveLength(3);
    expect(doubles(fleet.state)).toEqual([]);
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
