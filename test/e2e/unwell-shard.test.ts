import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { countByShard, newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

describe('a shard that is unwell', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  let meeting: Meeting;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({
      shards: { 'eu-1': 'eu', 'eu-2': 'eu' },
      timings: { degradeSoftMs: 4_000 },
    });
    const room = await newRoomOn(apiOf(fleet), 'eu-1', 'stays');
    meeting = new Meeting({ room: { tenant: '', name: room.slice(1) }, size: 3, proxies: fleet.proxies });
    await meeting.join(patient);
  }, 120_000);
  afterAll(async () => {
    await meeting?.end();
    await fleet?.stop();
  });

  const jicofo = () => fleet.processes.find('eu-1-jicofo')?.pid ?? 0;
  const eu1 = async () => shardIn(await apiOf(fleet).status(), 'eu-1');
  const settled = (what: string, is: (shard: Awaited<ReturnType<typeof eu1>>) => boolean) =>
    waitFor(
      async () => (is(await eu1()) && (await apiOf(fleet).status()).operations.length === 0) || undefined,
      {
        timeoutMs: 60_000,
        everyMs: 300,
        describe: () => `eu-1 ${what}`,
      },
    );
  const newRooms = async (prefix: string) => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const joined = await joinRooms({ proxies, rooms: 40, prefix, path: '/config.js' });
    expect(joined).toMatchObject({ split: 0, refused: 0 });
    return countByShard(joined.outcomes);
  };

  it('gets no new rooms, and keeps the meetings it has', async () => {
    process.kill(jicofo(), 'SIGSTOP');
    await settled('kept its buckets', (shard) => shard.observed === 'degraded' && shard.buckets === 0);
    expect((await eu1()).reason).toContain('jicofo');
    expect((await eu1()).desired).toBe('active');
    expect(await newRooms('while-ill')).toEqual({ 'eu-2': 40 });
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record)).toMatchObject({
      split: undefined,
      moved: undefined,
      cut: undefined,
    });
  });

  it('gets its share of new rooms again when it has been well for a while', async () => {
    process.kill(jicofo(), 'SIGCONT');
    await settled('got no buckets', (shard) => shard.observed === 'ready' && shard.buckets > 0);
    expect((await newRooms('when-well'))['eu-1']).toBeGreaterThan(0);
  });
});
