import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { followFeed } from './feed.ts';
import { redisKey } from './keys.ts';
import type { StickTableMirror } from './mirror.ts';
import { readSnapshot } from './snapshot.ts';
import { StickTable } from './stick-table.ts';
import { testShard } from './testing/test-shard.ts';

const log = createLogger('test', 'silent');
const shard = testShard('a');

let server: TestRedis;
let table: StickTable;
let stop: AbortController;
let following: Promise<void>;
let seen: { resets: number; mirror: StickTableMirror | undefined };
/** What advancing waits for, and what was heard in which order. */
let gate: Promise<void>;
let heard: string[];

beforeEach(async () => {
  server = await startRedis();
  const connection = await server.connect();
  table = new StickTable(connection, 'test');
  stop = new AbortController();
  seen = { resets: 0, mirror: undefined };
  gate = Promise.resolve();
  heard = [];
  following = followFeed(
    await server.connect({ blocking: true }),
    'test',
    {
      async reset(mirror) {
        seen = { resets: seen.resets + 1, mirror };
        heard.push('reset');
      },
      async advance(_entries, mirror) {
        await gate;
        seen.mirror = mirror;
        heard.push('advance');
      },
      unblessed() {
        if (heard.at(-1) !== 'unblessed') heard.push('unblessed');
      },
    },
    log,
    stop.signal,
  );
});

afterEach(async () => {
  stop.abort();
  await following;
  await server.stop();
});

async function bless(): Promise<void> {
  await table.bless(new Map());
  await table.putShard(shard);
  await table.assign(new Map([['main/7', 'a']]));
}

/** Waits until the follower's table is the one in Redis, whole. */
async function inStep(): Promise<void> {
  const compare = async () => {
    const truth = await readSnapshot(table.redis, 'test');
    return seen.mirror && JSON.stringify(comparable(seen.mirror)) === JSON.stringify(comparable(truth))
      ? true
      : undefined;
  };
  await waitFor(compare, { timeoutMs: 5_000, describe: () => 'follower is not in step with Redis' });
}

function comparable(mirror: StickTableMirror): unknown {
  const sorted = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  // A refreshed deadline is no event, so placements are compared without it.
  return [mirror.rooms, mirror.preferences, mirror.moves, mirror.shards, mirror.operations].map(sorted);
}

describe('followFeed', () => {
  it('waits for a blessed Redis, then carries every kind of event', async () => {
    await bless();
    await table.putAgent('p1', { proxy: 'p1', http: '', at: 1, inStep: true });
    await table.putShard({ ...shard, name: 'b', serverId: 2 });
    for (let i = 0; i < 50; i += 1) await table.claim(`/r${i}`, '', 7, 0);
    await inStep();
    await table.observe(
      new Map([
        ['/r0', 'live'],
        ['/r1', 'lingering'],
        ['/r2', 'lingering'],
        ['/r3', 'lingering'],
      ]),
    );
    await table.retire('op1', ['/r1', '/r2']);
    await inStep();
    await table.ack('op1', 'tombstone', 'p1');
    await table.claim('/r2', '', 7, 0);
    await table.delete('op1', ['/r1', '/r2']);
    await table.finish('op1');
    await inStep();
    await table.hold('op2', new Map([['main/7', 'b']]));
    await inStep();
    await table.ack('op2', 'hold', 'p1');
    await table.flip('op2', new Map([['/census', 'a.1']]));
    await inStep();
    await table.ack('op2', 'release', 'p1');
    await table.finish('op2');
    await table.takeOut('op3', 'a');
    await inStep();
    expect(seen.resets).toBe(1);
  });

  it('resumes where it was when its connection is cut', async () => {
    await bless();
    await inStep();
    await table.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await table.claim('/x', '', 7, 0);
    await inStep();
    expect(seen.resets).toBe(1);
  });

  it('reads the whole table when the feed was trimmed past its position', async () => {
    await bless();
    await inStep();
    await table.redis
      .multi([
        ['del', redisKey('test', 'feed')],
        ['xadd', redisKey('test', 'feed'), '*', 'type', 'blessed', 'payload', '{"runId":"x"}'],
        ['hset', redisKey('test', 'rooms'), '/unseen', 'a.1 live 5'],
      ])
      .exec();
    await table.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await table.claim('/x', '', 7, 0);
    await inStep();
    expect(seen.mirror?.rooms.get('/unseen')?.state).toBe('live');
    expect(seen.resets).toBe(2);
  });

  it('goes on after a trim that left nothing of the feed', async () => {
    await bless();
    await inStep();
    await table.redis.xtrim(redisKey('test', 'feed'), 'MAXLEN', 0);
    await waitFor(async () => (seen.resets === 2 ? true : undefined), {
      timeoutMs: 5_000,
      describe: () => 'the trim was not seen',
    });
    await table.claim('/x', '', 7, 0);
    await inStep();
    expect(seen.resets).toBe(2);
  });

  it('keeps what it has while its Redis is emptied, and reads what was rebuilt', async () => {
    await bless();
    await table.claim('/x', '', 7, 0);
    await inStep();
    await table.redis.flushall();
    await table.rebuildBegin('again');
    await table.rebuildWrite('again', 'shards', new Map([['a', JSON.stringify(shard)]]));
    await sleep(1_500);
    expect(seen.resets).toBe(1);
    expect(seen.mirror?.rooms.has('/x')).toBe(true);
    await table.rebuildSeat('again', new Map([['/y', { shard: 'a.1', state: 'live' }]]), 1_000);
    await table.rebuildEnd('again');
    await waitFor(async () => (seen.resets === 2 ? true : undefined), {
      timeoutMs: 5_000,
      describe: () => 'the rebuilt table was not read',
    });
    await inStep();
    expect([...(seen.mirror?.rooms.keys() ?? [])]).toEqual(['/y']);
  });

  it('says that its Redis is unblessed only when what came before is carried to its end', async () => {
    await bless();
    await inStep();
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    heard = [];
    await table.claim('/x', '', 7, 0);
    await sleep(200);
    await table.redis.flushall();
    await sleep(1_500);
    expect(heard).toEqual([]);
    resolve();
    await waitFor(() => (heard.includes('unblessed') ? true : undefined), {
      timeoutMs: 5_000,
      describe: () => 'the loss was not noticed',
    });
    expect(heard).toEqual(['advance', 'unblessed']);
  });

  it('trusts nothing of a Redis that is not blessed', async () => {
    await bless();
    await inStep();
    await table.redis.set(redisKey('test', 'blessed'), 'the run_id before a failover');
    await table.redis.hset(redisKey('test', 'rooms'), '/lost', 'a.1 live 5');
    await table.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await table.redis.xtrim(redisKey('test', 'feed'), 'MAXLEN', 0);
    await sleep(1_500);
    expect(seen.mirror?.rooms.has('/lost')).toBe(false);
    expect(seen.resets).toBe(1);
  });
});
