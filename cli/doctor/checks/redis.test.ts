import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../common/time.ts';
import { redisSettings } from '../../../haproxy/stick-table/settings.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { judgeRedis } from './judge-redis.ts';
import { redisCheck } from './redis.ts';
import type { RedisFacts } from './redis-facts.ts';

let fleet: FleetToExamine;
const servers: TestRedis[] = [];

beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await fleet.end();
});

async function start(...args: string[]): Promise<TestRedis> {
  const server = await startRedis(args);
  servers.push(server);
  return server;
}

async function examine(server: Pick<TestRedis, 'url'>, replicas = 0) {
  const redis = redisSettings.parse({ url: server.url, replicas });
  return fleet.run(redisCheck, { fleet: { ...fleet.files.fleet, redis } });
}

async function bless(server: TestRedis): Promise<void> {
  await new StickTable(await server.connect(), fleet.files.fleet.name).bless(new Map());
}

describe('redis', () => {
  it('is content with one that is blessed and keeps all', async () => {
    const server = await start();
    await bless(server);
    expect(await examine(server)).toEqual([]);
  });

  it('names one that does not decide', async () => {
    expect(await examine(await start())).toMatchObject([
      { severity: 'error', what: expect.stringContaining('does not decide') },
    ]);
  });

  it('names a policy that would forget rooms, and disk that is written for nothing', async () => {
    const server = await start(
      '--maxmemory',
      '100mb',
      '--maxmemory-policy',
      'allkeys-lru',
      '--appendonly',
      'yes',
      '--dir',
      fleet.files.folder,
      '--appenddirname',
      'usher-doctor-test',
    );
    await bless(server);
    expect(await examine(server)).toMatchObject([
      {
        severity: 'error',
        what: expect.stringContaining('allkeys-lru'),
        doThis: expect.stringContaining('noeviction'),
      },
      { severity: 'warn', what: expect.stringContaining('appendonly yes') },
    ]);
  });

  it('names memory that is nearly full', async () => {
    const server = await start('--maxmemory', '1500kb');
    await bless(server);
    expect(await examine(server)).toMatchObject([
      { what: expect.stringMatching(/it uses \d+ % of maxmemory/) },
    ]);
  });

  it('names replicas that are missing, and a primary that would go on without', async () => {
    const server = await start();
    await bless(server);
    expect((await examine(server, 1)).map(({ what }) => what)).toEqual([
      expect.stringContaining('min-replicas-to-write is 0'),
      expect.stringContaining('min-replicas-max-lag is 10'),
      expect.stringContaining('0 replicas are connected, and 1 must hold'),
    ]);
  });

  it('is content with a replica in step, and names a replica that is taken for the primary', async () => {
    const primary = await start(
      '--min-replicas-to-write',
      '1',
      '--min-replicas-max-lag',
      '2',
      '--repl-diskless-sync-delay',
      '0',
    );
    const replica = await start('--replicaof', '127.0.0.1', new URL(primary.url).port);
    const inStep = async () =>
      (await (await primary.connect()).redis.info('replication')).includes('state=online') || undefined;
    await waitFor(inStep, { timeoutMs: 15_000, everyMs: 200, describe: () => 'no replica' });
    await bless(primary);
    expect(await examine(primary, 1)).toEqual([]);
    expect(await examine(replica)).toContainEqual(
      expect.objectContaining({ severity: 'error', what: expect.stringContaining('is a slave') }),
    );
  });

  it('says when it is out of reach', async () => {
    expect(await examine({ url: 'redis://127.0.0.1:1' })).toMatchObject([
      { severity: 'error', where: 'Redis at 127.0.0.1:1', what: expect.stringContaining('ECONNREFUSED') },
    ]);
  });
});

describe('judgeRedis', () => {
  const good: RedisFacts = {
    role: 'master',
    config: { save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' },
    usedBytes: 1,
    maxBytes: 0,
    systemBytes: 100,
    evictedKeys: 0,
    replicas: [],
  };
  const replica = { name: 'r', online: true, lagSeconds: 0, behindBytes: 0 };

  it.each<[string, Partial<RedisFacts>, string]>([
    ['evicted keys', { evictedKeys: 3 }, 'evicted 3 keys'],
    ['a full machine', { usedBytes: 96 }, '96 % of its machine'],
    ['no CONFIG', { config: undefined }, 'CONFIG may not be asked'],
    ['a late replica', { replicas: [{ ...replica, lagSeconds: 9 }] }, 'is 9 s and 0 bytes behind'],
    ['a replica far behind', { replicas: [{ ...replica, behindBytes: 5e6 }] }, '5000000 bytes behind'],
    ['a replica that is loading', { replicas: [{ ...replica, online: false }] }, 'not in step yet'],
  ])('names %s', (_, over, what) => {
    expect(judgeRedis('Redis', good, 0)).toEqual([]);
    expect(judgeRedis('Redis', { ...good, ...over }, 0)).toMatchObject([
      { what: expect.stringContaining(what) },
    ]);
  });
});
