import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { RedisLock } from './redis-lock.ts';

const one = { name: 'orchestrator.1', api: '127.0.0.1:1' };
const two = { name: 'orchestrator.2', api: '127.0.0.1:2' };
const lifetimeMs = 300;
let server: TestRedis;
let connection: RedisConnection;

beforeAll(async () => {
  server = await startRedis();
  connection = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => connection.redis.flushall());

const lockOf = (self = one) => new RedisLock(connection, 'test', self, lifetimeMs);

async function won(lock: RedisLock): Promise<string> {
  const attempt = await lock.acquire();
  if (!attempt.won) throw new Error('the lock was not to be had');
  return attempt.token;
}

const lapsed = () =>
  waitFor(
    async () => ((await connection.redis.exists(redisKey('test', 'leader'))) === 0 ? true : undefined),
    {
      timeoutMs: 5_000,
      describe: () => 'the lock does not lapse',
    },
  );

describe('RedisLock', () => {
  it('has one holder, whom the others are told', async () => {
    await won(lockOf());
    expect(await lockOf(two).acquire()).toEqual({ won: false, leader: one });
    expect(await lockOf(one).acquire()).toEqual({ won: false, leader: one });
  });

  it('lapses unless it is renewed, and is renewed again unless another has taken it', async () => {
    const lock = lockOf();
    const token = await won(lock);
    const end = Date.now() + 2 * lifetimeMs;
    while (Date.now() < end) expect(await lock.renew(token)).toBe(true);
    await lapsed();
    expect(await lock.renew(token)).toBe(true);
    await lapsed();
    expect(Number(await won(lockOf(two)))).toBeGreaterThan(Number(token));
    expect(await lock.renew(token)).toBe(false);
  });

  it('is given back by its holder alone', async () => {
    const first = lockOf();
    const token = await won(first);
    await lockOf(two).release(`${Number(token) - 1}`);
    expect(await first.renew(token)).toBe(true);
    await first.release(token);
    await won(lockOf(two));
  });

  it('gives higher tokens after Redis lost everything, and when its clock has gone back', async () => {
    const lock = lockOf();
    const token = await won(lock);
    await connection.redis.flushall();
    const second = await won(lock);
    expect(Number(second)).toBeGreaterThan(Number(token));
    const ahead = Number(second) + 3_600_000;
    await connection.redis.set(redisKey('test', 'leader'), `${ahead} ${two.name} ${two.api}`);
    expect(await lock.acquire()).toMatchObject({ won: false });
    await connection.redis.flushall();
    expect(await won(lock)).toBe(`${ahead + 1}`);
  });
});

describe('fencing', () => {
  /** A table that writes as the leader who holds this token. */
  const tableOf = (token: string) => new StickTable(connection, 'test', 0, () => token);

  it('refuses every write of a leader whose lock another holds, or nobody', async () => {
    await new StickTable(connection, 'test').bless(new Map());
    const lock = lockOf();
    const old = await won(lock);
    expect(await tableOf(old).putShard(testShard('a'))).toMatchObject({ ok: true });
    await lapsed();
    const late = testShard('a', { version: 2, desired: 'draining' });
    const refusal = { ok: false, reason: 'another orchestrator leads by now, or none' };
    expect(await tableOf(old).putShard(late)).toEqual(refusal);
    const fresh = await won(lockOf(two));
    const table = tableOf(old);
    expect(await table.putShard(late)).toEqual(refusal);
    expect(await table.assign(new Map([['main/1', 'a']]))).toEqual(refusal);
    expect(await table.hold('op', new Map([['main/1', 'a']]))).toEqual(refusal);
    expect(await table.flip('op', new Map())).toEqual(refusal);
    expect(await table.delete('op', ['/x'])).toEqual(refusal);
    expect(await table.bless(new Map())).toEqual(refusal);
    expect(await tableOf(fresh).assign(new Map([['main/1', 'a']]))).toMatchObject({ ok: true });
    expect(await connection.redis.hget(redisKey('test', 'shards'), 'a')).toContain('"desired":"active"');
  });

  it('lets agents write, who have no token', async () => {
    const table = new StickTable(connection, 'test');
    await table.bless(new Map());
    await won(lockOf());
    await table.putShard(testShard('a'));
    await table.assign(new Map([['main/1', 'a']]));
    expect(await table.claim('/x', '', 1, 1_000)).toEqual({ shard: 'a.1', isNew: true });
  });
});
