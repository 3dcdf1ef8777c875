import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import type { RedisConnection } from './connection.ts';
import { redisKey } from './keys.ts';
import { readSnapshot } from './snapshot.ts';
import { StickTable } from './stick-table.ts';
import { testShard as shard } from './testing/test-shard.ts';

let server: TestRedis;
let connection: RedisConnection;
let table: StickTable;

const ok = { ok: true };
const refused = { ok: false };
const claim = (room: string, bucket = 7) => table.claim(room, '', bucket, 10_000);
const acked = async (operation: string, phase: 'out' | 'hold' | 'release') => {
  for (const name of ['p1', 'p2']) await table.ack(operation, phase, name);
};
const recordOf = async (name: string) => (await readSnapshot(connection.redis, 'test')).shards.get(name);

beforeAll(async () => {
  server = await startRedis();
  connection = await server.connect();
  table = new StickTable(connection, 'test');
});
afterAll(() => server.stop());

/** Buckets 7 and 8 prefer a, 9 prefers b. */
beforeEach(async () => {
  await connection.redis.flushall();
  expect(await table.bless(new Map())).toMatchObject(ok);
  expect(await table.putShard(shard('a', { serverId: 1 }))).toMatchObject(ok);
  expect(await table.putShard(shard('b', { serverId: 2 }))).toMatchObject(ok);
  const preferences = [
    ['main/7', 'a'],
    ['main/8', 'a'],
    ['main/9', 'b'],
  ] as const;
  await table.assign(new Map(preferences));
  for (const name of ['p1', 'p2']) {
    await table.putAgent(name, { proxy: name, http: '', at: Date.now(), inStep: true });
  }
});

const toB = new Map([
  ['main/7', 'b'],
  ['main/8', 'b'],
]);

describe('a shard that goes down', () => {
  it('keeps its rooms until every proxy has let go of it, and none is seated anew before', async () => {
    await claim('/old');
    // Its bucket moved on; the room stayed.
    await table.hold('op1', new Map([['main/7', 'b']]));
    await acked('op1', 'hold');
    await table.flip('op1', new Map());
    await acked('op1', 'release');
    await table.finish('op1');

    expect(await table.shardOut('op2', 'a', 'health', 'web: refused')).toMatchObject(ok);
    expect(await recordOf('a')).toMatchObject({ admitted: false, observed: 'down', incarnation: 1 });
    expect(await claim('/old')).toEqual({ shard: 'a.1', isNew: false });
    expect(await claim('/new', 8)).toEqual({ refused: 'preferred shard is not usable' });
    expect(await table.shardDown('op2', new Map([['main/8', 'b']]))).toMatchObject(refused);
    await table.ack('op2', 'out', 'p1');
    expect(await table.shardDown('op2', new Map([['main/8', 'b']]))).toMatchObject(refused);
    await table.ack('op2', 'out', 'p2');
    expect(await table.shardDown('op2', new Map([['main/8', 'b']]))).toEqual({ ok: true, values: ['a.2'] });

    expect(await claim('/old')).toEqual({ shard: 'b.1', isNew: true });
    expect(await claim('/new', 8)).toEqual({ shard: 'b.1', isNew: true });
    expect(await recordOf('a')).toMatchObject({ admitted: false, incarnation: 2, serverId: 3 });
    expect(await table.finish('op2')).toMatchObject(refused);
    await acked('op2', 'release');
    expect(await table.finish('op2')).toMatchObject(ok);
    expect(await connection.redis.exists(redisKey('test', 'moves'))).toBe(0);
  });

  it('gives away all of its buckets and no other, and only to shards in service', async () => {
    await table.shardOut('op1', 'a', 'forced', 'by its operator');
    await acked('op1', 'out');
    expect(await table.shardDown('op1', new Map([['main/7', 'b']]))).toMatchObject(refused);
    expect(await table.shardDown('op1', new Map([...toB, ['main/9', 'b']]))).toMatchObject(refused);
    expect(await table.shardDown('op1', new Map([...toB, ['main/7', 'a']]))).toMatchObject(refused);
    expect(await recordOf('a')).toMatchObject({ incarnation: 1 });
    expect(await table.shardDown('op1', toB)).toMatchObject(ok);
  });

  it('takes its buckets out of a move that waits for it', async () => {
    await table.hold('op1', new Map([...toB, ['main/9', 'b']]));
    await table.shardOut('op2', 'a', 'health', '');
    await acked('op2', 'out');
    await table.shardDown('op2', toB);
    await acked('op1', 'hold');
    expect(await table.flip('op1', new Map())).toEqual({ ok: true, values: [1] });
    await acked('op1', 'release');
    await table.finish('op1');
    expect([...(await readSnapshot(connection.redis, 'test')).moves.keys()].toSorted()).toEqual([
      'main/7',
      'main/8',
    ]);
  });

  it('comes back in the same life when it is well before its rooms are seated anew', async () => {
    await claim('/x');
    await table.shardOut('op1', 'a', 'health', '');
    await acked('op1', 'out');
    expect(await table.finish('op1')).toMatchObject(refused);
    expect(await table.shardUp('op1')).toMatchObject(ok);
    expect(await table.shardDown('op1', toB)).toMatchObject(refused);
    expect(await recordOf('a')).toMatchObject({ admitted: true, incarnation: 1 });
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: false });
    expect(await table.operations()).toEqual(new Map());
  });

  it('is admitted by nobody else, and taken out once at a time', async () => {
    await table.shardOut('op1', 'a', 'health', '');
    expect(await table.shardOut('op2', 'a', 'forced', '')).toMatchObject(refused);
    expect(await table.takeOut('op2', 'a')).toMatchObject(refused);
    const out = { serverId: 1, admitted: false, version: 3 };
    expect(await table.putShard(shard('a', { ...out, admitted: true }))).toEqual({
      ok: false,
      reason: 'shard a is going down',
    });
    expect(await table.putShard(shard('a', { ...out, incarnation: 2 }))).toMatchObject(refused);
    expect(await table.putShard(shard('a', { ...out, reason: 'web' }))).toMatchObject(ok);
    expect((await readSnapshot(connection.redis, 'test')).subjects).toEqual(new Map([['op1', 'a']]));
  });
});

describe('collect', () => {
  it('deletes what sits on a life that is over, and spares what was claimed anew', async () => {
    for (const room of ['/gone', '/back']) await claim(room);
    await claim('/other', 9);
    expect(await table.collect(['/gone', '/other'])).toEqual({ ok: true, values: [0] });
    await table.shardOut('op1', 'a', 'health', '');
    await acked('op1', 'out');
    expect(await table.collect(['/gone', '/other'])).toEqual({ ok: true, values: [0] });
    await table.shardDown('op1', toB);
    await claim('/back');
    expect(await table.collect(['/gone', '/back', '/other', '/never'])).toEqual({ ok: true, values: [1] });
    expect(await table.placement('/gone')).toBeUndefined();
    expect((await table.placement('/back'))?.shard).toBe('b.1');
  });
});
