import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { RedisFence } from './redis-fence.ts';

const lifetimeMs = 60_000;
let server: TestRedis;
let connection: RedisConnection;

beforeAll(async () => {
  server = await startRedis();
  connection = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => connection.redis.flushall());

const fenceOf = (name: string) => new RedisFence(connection, 'test', { name, api: `${name}:1` });
const tableOf = (token: string) => new StickTable(connection, 'test', 0, () => token);

describe('RedisFence', () => {
  it('has Redis refuse the writes of every leadership but the last', async () => {
    expect(await fenceOf('one').put('1000', lifetimeMs)).toBeUndefined();
    await tableOf('1000').bless(new Map());
    expect(await tableOf('1000').putShard(testShard('a'))).toMatchObject({ ok: true });
    expect(await fenceOf('two').put('1001', lifetimeMs)).toBeUndefined();
    const late = testShard('a', { version: 2 });
    expect(await tableOf('1000').putShard(late)).toMatchObject({ ok: false });
    expect(await tableOf('1001').putShard(late)).toMatchObject({ ok: true });
  });

  it('is put again by the same leadership, and never by an earlier one, whose own late request this is', async () => {
    await fenceOf('two').put('1001', lifetimeMs);
    expect(await fenceOf('two').put('1001', lifetimeMs)).toBeUndefined();
    expect(await fenceOf('one').put('1000', lifetimeMs)).toBe(1_001);
    expect(await connection.redis.get(redisKey('test', 'leader'))).toBe('1001 two two:1');
  });

  it('tells two leaderships of one number apart, as clocks may make them when the Lease was deleted', async () => {
    await fenceOf('one').put('1000', lifetimeMs);
    expect(await fenceOf('two').put('1000', lifetimeMs)).toBe(1_000);
  });

  it('lapses', async () => {
    await fenceOf('one').put('1000', lifetimeMs);
    expect(await connection.redis.pttl(redisKey('test', 'leader'))).toBeGreaterThan(lifetimeMs - 5_000);
  });

  it('says that Redis is out of reach', async () => {
    const away = { ...connection, runId: () => undefined };
    const fence = new RedisFence(away, 'test', { name: 'one', api: 'one:1' });
    await expect(fence.put('1000', lifetimeMs)).rejects.toThrow('out of reach');
  });
});
