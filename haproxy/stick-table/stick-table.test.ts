import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import type { RedisConnection } from './connection.ts';
import { redisKey } from './keys.ts';
import { StickTable } from './stick-table.ts';
import { testShard as shard } from './testing/test-shard.ts';

let server: TestRedis;
let connection: RedisConnection;
let table: StickTable;

async function agent(name: string): Promise<void> {
  await table.putAgent(name, { proxy: name, http: '', at: Date.now(), inStep: true });
}

const ok = { ok: true };
const claim = (room: string) => table.claim(room, '', 7, 10_000);
const state = async (room: string) => (await table.placement(room))?.state;

beforeAll(async () => {
  server = await startRedis();
  connection = await server.connect();
  table = new StickTable(connection, 'test');
});

afterAll(async () => server.stop());

beforeEach(async () => {
  await connection.redis.flushall();
  expect(await table.bless(new Map([['acme', 'gold']]))).toMatchObject(ok);
  expect(await table.putShard(shard('a', { serverId: 1 }))).toMatchObject(ok);
  expect(await table.putShard(shard('b', { serverId: 2 }))).toMatchObject(ok);
  await table.assign(new Map([['main/7', 'a']]));
  await agent('p1');
  await agent('p2');
});

describe('orchestrators', () => {
  it('are known until they have not been heard of for a while', async () => {
    await table.putOrchestrator('10.0.0.1:8700', 1_000, 0);
    await table.putOrchestrator('10.0.0.2:8700', 2_000, 900);
    expect(await table.orchestrators()).toEqual(['10.0.0.1:8700', '10.0.0.2:8700']);
    await table.putOrchestrator('10.0.0.2:8700', 3_000, 1_900);
    expect(await table.orchestrators()).toEqual(['10.0.0.2:8700']);
  });
});

describe('claim', () => {
  it('seats a new room on its bucket’s preferred shard and finds it there again', async () => {
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: true });
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: false });
  });

  it('takes the pool of the tenant', async () => {
    expect(await table.claim('acme/x', 'acme', 7, 1)).toEqual({ refused: 'bucket has no preferred shard' });
    await table.assign(new Map([['gold/7', 'b']]));
    expect(await table.claim('acme/x', 'acme', 7, 1)).toEqual({ shard: 'b.1', isNew: true });
  });

  it('seats anew what sat on a former life of a shard', async () => {
    await claim('/x');
    await table.putShard(shard('a', { incarnation: 2, version: 2 }));
    expect(await claim('/x')).toEqual({ shard: 'a.2', isNew: true });
  });

  it('refuses on a Redis that is not the blessed one', async () => {
    await connection.redis.set(redisKey('test', 'blessed'), 'another');
    expect(await claim('/x')).toEqual({ refused: 'redis is not blessed' });
    expect(await table.bless(new Map())).toMatchObject({ ok: false });
  });

  it('keeps a room of a shard that drains', async () => {
    await claim('/x');
    await table.putShard(shard('a', { desired: 'draining', version: 2 }));
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: false });
  });

  it('gives one answer to many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 1_200 }, () => claim('/x')));
    expect(answers.filter((answer) => 'shard' in answer && answer.isNew)).toHaveLength(1);
  });
});

describe('bucket move', () => {
  const start = () => table.hold('op1', new Map([['main/7', 'b']]));

  it('goes by hold, ack, flip, ack, finish and in no other order', async () => {
    expect(await start()).toMatchObject(ok);
    expect(await claim('/old')).toEqual({ shard: 'a.1', isNew: true });
    expect(await table.flip('op1', new Map())).toMatchObject({ ok: false });
    await table.ack('op1', 'hold', 'p1');
    expect(await table.flip('op1', new Map())).toMatchObject({ ok: false });
    await table.ack('op1', 'hold', 'p2');
    expect(await table.finish('op1')).toMatchObject({ ok: false });
    expect(await table.flip('op1', new Map())).toEqual({ ok: true, values: [1] });
    expect(await claim('/new')).toEqual({ shard: 'b.1', isNew: true });
    expect(await claim('/old')).toEqual({ shard: 'a.1', isNew: false });
    expect(await table.finish('op1')).toMatchObject({ ok: false });
    expect(await table.ack('op1', 'hold', 'p1')).toMatchObject({ ok: false });
    for (const name of ['p1', 'p2']) await table.ack('op1', 'release', name);
    expect(await table.finish('op1')).toMatchObject(ok);
    expect(await table.operations()).toEqual(new Map());
    expect(await connection.redis.exists(redisKey('test', 'moves'))).toBe(0);
  });

  it('adopts where it is what a census shows without a placement', async () => {
    await start();
    for (const name of ['p1', 'p2']) await table.ack('op1', 'hold', name);
    await claim('/known');
    await table.flip(
      'op1',
      new Map([
        ['/fallen-back', 'a.1'],
        ['/known', 'b.1'],
      ]),
    );
    expect(await claim('/fallen-back')).toEqual({ shard: 'a.1', isNew: false });
    expect(await claim('/known')).toEqual({ shard: 'a.1', isNew: false });
  });

  it('is refused while the bucket moves, to a shard that is not there, and for nothing', async () => {
    expect(await table.hold('op0', new Map([['main/7', 'ghost']]))).toMatchObject({ ok: false });
    expect(await table.hold('op0', new Map())).toMatchObject({ ok: false });
    await start();
    expect(await table.hold('op2', new Map([['main/7', 'b']]))).toMatchObject({ ok: false });
  });

  it('can be taken back while on hold', async () => {
    await start();
    expect(await table.cancel('op1')).toEqual({ ok: true, values: [1] });
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: true });
    for (const name of ['p1', 'p2']) await table.ack('op1', 'release', name);
    expect(await table.finish('op1')).toMatchObject(ok);
  });
});

describe('room end', () => {
  async function lingering(room: string): Promise<void> {
    await table.claim(room, '', 7, 0);
    await table.observe(new Map([[room, 'lingering']]));
  }

  it('lets a claimed room linger only after its deadline', async () => {
    await claim('/x');
    await table.observe(new Map([['/x', 'lingering']]));
    expect(await state('/x')).toBe('claimed');
    await lingering('/y');
    expect(await state('/y')).toBe('lingering');
  });

  it('deletes a placement only after every proxy carries the tombstone', async () => {
    await lingering('/x');
    expect(await table.retire('op1', ['/x', '/none'])).toEqual({ ok: true, values: [1] });
    await table.ack('op1', 'tombstone', 'p1');
    expect(await table.delete('op1', ['/x'])).toMatchObject({ ok: false });
    await table.ack('op1', 'tombstone', 'p2');
    expect(await table.delete('op1', ['/x'])).toEqual({ ok: true, values: [1] });
    expect(await table.placement('/x')).toBeUndefined();
  });

  it('spares a room that is claimed again, on the same shard', async () => {
    await lingering('/x');
    await table.retire('op1', ['/x']);
    for (const name of ['p1', 'p2']) await table.ack('op1', 'tombstone', name);
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: false });
    expect(await table.delete('op1', ['/x'])).toEqual({ ok: true, values: [0] });
    expect(await state('/x')).toBe('claimed');
  });

  it('spares a room that a census shows again', async () => {
    await lingering('/x');
    await table.retire('op1', ['/x']);
    expect(await table.observe(new Map([['/x', 'live']]))).toEqual({ ok: true, values: [1] });
    expect(await state('/x')).toBe('live');
  });
});

describe('adopt', () => {
  it('takes a room only on its bucket’s preferred shard, and not during a hold', async () => {
    const rooms = [
      { room: '/here', bucket: 'main/7', shard: 'a.1' },
      { room: '/elsewhere', bucket: 'main/7', shard: 'b.1' },
    ];
    expect(await table.adopt(rooms)).toEqual({ ok: true, values: [1] });
    expect(await state('/elsewhere')).toBeUndefined();
    await table.hold('op1', new Map([['main/7', 'b']]));
    expect(await table.adopt([{ room: '/later', bucket: 'main/7', shard: 'a.1' }])).toEqual({
      ok: true,
      values: [0],
    });
  });
});

describe('shards', () => {
  it('never takes a number of incarnation back', async () => {
    expect(await table.putShard(shard('a', { incarnation: 3, version: 2 }))).toMatchObject(ok);
    expect(await table.putShard(shard('a', { incarnation: 2, version: 3 }))).toMatchObject({ ok: false });
  });

  it('gives no server id to two shards', async () => {
    expect(await table.putShard(shard('c', { serverId: 2 }))).toEqual({
      ok: false,
      reason: 'server id 2 is that of shard b',
    });
    expect(await table.putShard(shard('c', { serverId: 3 }))).toMatchObject(ok);
  });

  it('refuses a writer that did not see the last change', async () => {
    expect(await table.putShard(shard('a', { version: 1 }))).toMatchObject({ ok: false });
    expect(await table.putShard(shard('a', { version: 3 }))).toMatchObject({ ok: false });
  });

  it('takes a shard out only when no bucket prefers it or moves to it', async () => {
    expect(await table.takeOut('op1', 'a')).toMatchObject({ ok: false });
    await table.hold('op2', new Map([['main/7', 'b']]));
    expect(await table.takeOut('op1', 'b')).toMatchObject({ ok: false });
    for (const name of ['p1', 'p2']) await table.ack('op2', 'hold', name);
    await table.flip('op2', new Map());
    expect(await table.takeOut('op1', 'a')).toMatchObject(ok);
    expect((await table.operations()).get('op1')).toMatchObject({ kind: 'take-out', subject: 'a' });
  });
});

describe('rebuild', () => {
  const emptied = () => connection.redis.set(redisKey('test', 'blessed'), 'another');

  it('refuses to begin while the table is whole', async () => {
    expect(await table.rebuildBegin('r1')).toMatchObject({ ok: false, reason: 'the table is whole' });
  });

  it('gives up what was left, and decides again only at its end', async () => {
    await claim('/old');
    await emptied();
    expect(await table.rebuildBegin('r1')).toMatchObject(ok);
    expect(await table.placement('/old')).toBeUndefined();
    await table.rebuildWrite('r1', 'shards', new Map([['a', JSON.stringify(shard('a'))]]));
    await table.rebuildWrite('r1', 'preferences', new Map([['main/7', 'a']]));
    const seats = { shard: 'a.1', state: 'claimed' } as const;
    await table.rebuildSeat('r1', new Map([['/x', seats]]), 0);
    expect(await claim('/x')).toEqual({ refused: 'redis is not blessed' });
    expect(await table.rebuildEnd('r1')).toMatchObject(ok);
    expect(await claim('/x')).toEqual({ shard: 'a.1', isNew: false });
  });

  it('is over for whoever began before another did', async () => {
    await emptied();
    await table.rebuildBegin('r1');
    await table.rebuildBegin('r2');
    for (const late of [
      table.rebuildWrite('r1', 'preferences', new Map([['main/7', 'b']])),
      table.rebuildSeat('r1', new Map([['/x', { shard: 'b.1', state: 'live' }]]), 0),
      table.rebuildEnd('r1'),
    ]) {
      expect(await late).toMatchObject({ ok: false, reason: 'this rebuild was begun anew' });
    }
    expect(await table.rebuildEnd('r2')).toMatchObject(ok);
    expect(await table.isBlessed()).toBe(true);
  });

  it('keeps a room that no census showed for the lifetime of a claim', async () => {
    await emptied();
    await table.rebuildBegin('r1');
    await table.rebuildSeat('r1', new Map([['/soon', { shard: 'a.1', state: 'claimed' }]]), 0);
    await table.rebuildSeat('r1', new Map([['/later', { shard: 'a.1', state: 'claimed' }]]), 60_000);
    await table.rebuildEnd('r1');
    await table.observe(
      new Map([
        ['/soon', 'lingering'],
        ['/later', 'lingering'],
      ]),
    );
    expect([await state('/soon'), await state('/later')]).toEqual(['lingering', 'claimed']);
  });
});
