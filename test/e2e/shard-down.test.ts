import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { shardsBackend } from '../../haproxy/agent/proxy-servers.ts';
import { RuntimeClient } from '../../haproxy/runtime/client.ts';
import { fleetPaths, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { askRoutes } from '../participants/route.ts';
import { proxyView } from './testing/proxy-view.ts';
import { countByShard, newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

// One fleet in its order: each test goes on where the one before it ended.
describe('a shard that dies', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  let meeting: Meeting;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({
      shards: { 'eu-1': 'eu', 'eu-2': 'eu' },
      timings: { downSoftMs: 6_000 },
    });
    const room = await newRoomOn(apiOf(fleet), 'eu-1', 'stays');
    meeting = new Meeting({ room: { tenant: '', name: room.slice(1) }, size: 4, proxies: fleet.proxies });
    await meeting.join(patient);
  }, 120_000);
  afterAll(async () => {
    await meeting?.end();
    await fleet?.stop();
  });

  const prosody = () => fleet.processes.find('eu-1-prosody')?.pid ?? 0;
  const eu1 = async () => shardIn(await apiOf(fleet).status(), 'eu-1');
  const until = (what: string, is: (shard: Awaited<ReturnType<typeof eu1>>) => boolean) =>
    waitFor(
      async () => (is(await eu1()) && (await apiOf(fleet).status()).operations.length === 0) || undefined,
      { timeoutMs: 110_000, everyMs: 200, describe: () => `eu-1 ${what}` },
    );
  const together = (shard: string, seats: number) =>
    waitFor(
      async () => {
        const all = meeting.participants.every(
          (one) => one.present && one.shard === shard && one.seats.length >= seats,
        );
        return all || undefined;
      },
      { timeoutMs: 60_000, describe: () => `not all on ${shard}: ${JSON.stringify(meeting.record.seats)}` },
    );
  const talk = async () => expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });

  it('and is started again at once keeps its rooms, and nobody is split', async () => {
    process.kill(prosody(), 'SIGKILL');
    await together('eu-1', 2);
    await talk();
    expect(judgeMeeting(meeting.record)).toMatchObject({ split: undefined, moved: undefined });
    await until(
      'is not well',
      ({ incarnation, observed }) => incarnation === 'eu-1.1' && observed === 'ready',
    );
  });

  it.each([
    ['is in maintenance', ['state', 'maint'], ['state', 'ready']],
    ['cannot be reached', ['addr', '127.0.0.1', 'port', '9'], undefined],
  ])('and %s for one proxy alone moves nobody', async (_what, ill, well) => {
    const { web } = await eu1();
    const repair = well ?? ['addr', '127.0.0.1', 'port', new URL(web).port];
    const address = join(proxyDirectory(fleetPaths(fleet.state), 'proxy-1'), 'runtime.sock');
    const server = ['set', 'server', `${shardsBackend}/eu-1.1`];
    const client = new RuntimeClient({ address });
    await client.ask([[...server, ...ill]]);
    const [first, second] = await askRoutes(meeting.room, fleet.proxies, patient);
    await client.ask([[...server, ...repair]]);
    // The proxy that does not see it refuses, or sends there all the same.
    expect(first?.shard).toBe(well === undefined ? undefined : 'eu-1');
    expect(second?.shard).toBe('eu-1');
    expect((await apiOf(fleet).room(`/${meeting.room.name}`)).shard).toBe('eu-1.1');
    expect(await eu1()).toMatchObject({ incarnation: 'eu-1.1', observed: 'ready' });
    await talk();
    expect(judgeMeeting(meeting.record)).toMatchObject({ split: undefined, moved: undefined });
  });

  it('and does not answer for long lets its rooms go, all to one other shard', async () => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const forgotten = await joinRooms({ proxies, rooms: 20, prefix: 'forgotten', path: '/config.js' });
    expect(countByShard(forgotten.outcomes)['eu-1']).toBeGreaterThan(0);
    process.kill(prosody(), 'SIGSTOP');
    await together('eu-2', 3);
    await talk();
    expect(judgeMeeting(meeting.record)).toMatchObject({ split: undefined });
    expect(await eu1()).toMatchObject({
      incarnation: 'eu-1.2',
      observed: 'down',
      admitted: false,
      buckets: 0,
    });
    await waitFor(
      async () => (await apiOf(fleet).rooms({})).every(({ shard }) => !shard.startsWith('eu-1')) || undefined,
      { timeoutMs: 30_000, describe: () => 'rooms of its former life are still seated on it' },
    );
  });

  // Prosody keeps BOSH sessions that are cut for 60 s.
  it('comes back as another life when it answers again and its former rooms have left it', async () => {
    process.kill(prosody(), 'SIGCONT');
    await until('did not come back', ({ observed, buckets }) => observed === 'ready' && buckets > 0);
    expect(await eu1()).toMatchObject({ incarnation: 'eu-1.2', admitted: true });
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const joined = await joinRooms({ proxies, rooms: 40, prefix: 'after', path: '/config.js' });
    expect(joined).toMatchObject({ split: 0, refused: 0 });
    expect(countByShard(joined.outcomes)['eu-1']).toBeGreaterThan(0);
    for (const proxy of ['proxy-1', 'proxy-2']) {
      expect((await proxyView(fleet, proxy)).servers.toSorted()).toEqual(['eu-1.2', 'eu-2.1']);
    }
    await talk();
    expect(judgeMeeting(meeting.record)).toMatchObject({ split: undefined });
  });
});
