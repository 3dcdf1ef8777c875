import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep } from '../../../common/time.ts';
import { joinRooms } from '../split/clients.ts';
import { startShardWeb, type TestWeb } from '../split/test-web.ts';
import { type Baseline, startBaseline } from './baseline.ts';

const names = ['shard0', 'shard1', 'shard2', 'shard3'];
let webs: TestWeb[] = [];
let directory: string;
let baseline: Baseline;

beforeAll(async () => {
  webs = await Promise.all(names.map(startShardWeb));
  directory = await mkdtemp(join(tmpdir(), 'usher-baseline-'));
  const shards = webs.map(({ host, port }, index) => ({ name: `shard${index}`, host, port }));
  baseline = await startBaseline({ shards, directory });
});

afterAll(async () => {
  await baseline?.stop();
  await Promise.all(webs.map((web) => web.stop()));
  await rm(directory, { recursive: true, force: true });
});

describe('the baseline', () => {
  it('keeps a room where it is on one proxy', async () => {
    const proxies = baseline.proxies.slice(0, 1);
    const options = { proxies, rooms: 100, prefix: 'one', inFlight: 10 };
    const first = await joinRooms({ ...options, participants: { min: 1, max: 1 } });
    const seats = new Map(first.outcomes.map(({ room, shards }) => [room, shards[0]]));
    const later = await joinRooms(options);
    expect(
      later.outcomes.filter(({ room, shards }) => shards.some((shard) => shard !== seats.get(room))),
    ).toEqual([]);
    expect(new Set(seats.values()).size).toBe(names.length);
  });

  it('teaches its peer what it seated', async () => {
    const [one, other] = baseline.proxies;
    if (!one || !other) throw new Error('two proxies expected');
    const options = { rooms: 100, prefix: 'peer', inFlight: 10, participants: { min: 1, max: 1 } };
    const first = await joinRooms({ ...options, proxies: [one] });
    await sleep(1500);
    const later = await joinRooms({ ...options, proxies: [other] });
    const seats = new Map(first.outcomes.map(({ room, shards }) => [room, shards[0]]));
    expect(later.outcomes.filter(({ room, shards }) => shards[0] !== seats.get(room))).toEqual([]);
  });

  it('splits most rooms that are entered through both at once', async () => {
    const result = await joinRooms({ proxies: baseline.proxies, rooms: 300, inFlight: 100 });
    expect(result.refused).toBe(0);
    expect(result.split).toBeGreaterThan(150);
  });
});
