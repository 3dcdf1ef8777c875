import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { RedisAudit } from '../audit/redis-audit.ts';
import { type EventsAnswer, type EventsQuery, eventsQuery } from './schema.ts';
import { waitForEvents } from './wait-for-events.ts';

let server: TestRedis;
let table: StickTable;
let audit: RedisAudit;

beforeAll(async () => {
  server = await startRedis();
  const connection = await server.connect();
  table = new StickTable(connection, 'test');
  audit = new RedisAudit({ connection, fleet: 'test', entries: 10_000, log: createLogger('test', 'silent') });
});
afterAll(() => server.stop());

beforeEach(async () => {
  await table.redis.flushall();
  await table.bless(new Map());
  await table.putShard(testShard('a'));
  await table.assign(new Map([['main/7', 'a']]));
});

/** Two milliseconds apart from all else: within one, the order of two streams is not known. */
async function decide(action: string, ...shards: string[]): Promise<void> {
  await sleep(2);
  audit.record({ actor: 'orchestrator', action, shards, reason: 'r', outcome: 'ok' });
  await audit.flush();
  await sleep(2);
}

const claim = (room: string) => table.claim(room, '', 7, 10_000, 'p1');

function read(
  query: Partial<EventsQuery> = {},
  signal = new AbortController().signal,
): Promise<EventsAnswer> {
  return waitForEvents(table, eventsQuery.parse(query), signal);
}

const told = ({ events }: EventsAnswer) =>
  events.map(({ action, rooms, shards }) => [action, ...rooms, ...shards].join(' '));

describe('waitForEvents', () => {
  it('tells decisions and the lives of rooms in the order in which they were', async () => {
    await decide('shard.admit', 'a.1');
    await claim('/x');
    await decide('shard.desired', 'a.1');
    await table.observe(new Map([['/x', 'live']]));
    const answer = await read();
    expect(told(answer)).toEqual([
      'shard.admit a.1',
      'room.seat /x a.1',
      'shard.desired a.1',
      'room.live /x',
    ]);
    expect(answer.events[1]).toMatchObject({ actor: 'agent p1', reason: 'a request claimed it' });
    const age = Date.now() - Date.parse(answer.events[0]?.at ?? '');
    expect(age).toBeGreaterThanOrEqual(-1);
    expect(age).toBeLessThan(10_000);
  });

  it.each<[Partial<EventsQuery>, string[]]>([
    [{ room: '/x' }, ['room.seat /x a.1', 'room.linger /x', 'room.retire /x']],
    [{ shard: 'a' }, ['shard.health a', 'room.seat /x a.1', 'room.seat /y a.1']],
    [{ shard: 'a.1' }, ['room.seat /x a.1', 'room.seat /y a.1']],
    [{ action: 'shard' }, ['shard.health a', 'shard.health ab']],
    [{ action: 'room.retire' }, ['room.retire /x /y']],
    [{ limit: 2 }, ['room.linger /y', 'room.retire /x /y']],
    [{ since: new Date(Date.now() + 60_000).toISOString() }, []],
    [
      { since: new Date(Date.now() - 60_000).toISOString(), action: 'room.linger', limit: 1 },
      ['room.linger /y'],
    ],
  ])('finds %j', async (query, expected) => {
    await decide('shard.health', 'a');
    await decide('shard.health', 'ab');
    for (const room of ['/x', '/y']) await table.claim(room, '', 7, 0);
    await table.observe(
      new Map([
        ['/x', 'lingering'],
        ['/y', 'lingering'],
      ]),
    );
    await table.retire('op', ['/x', '/y']);
    expect(told(await read(query))).toEqual(expected);
  });

  it('goes on where the answer before ended, and misses and repeats nothing', async () => {
    const expected = [];
    for (let i = 0; i < 30; i += 1) {
      await (i % 3 === 0 ? decide('x.y', `${i}`) : claim(`/${i}`));
      expected.push(i % 3 === 0 ? `x.y ${i}` : `room.seat /${i} a.1`);
    }
    const found: string[] = [];
    let after = '0-0_0-0';
    for (let answer = await read({ after, limit: 7 }); answer.events.length > 0; ) {
      found.push(...told(answer));
      after = answer.after;
      answer = await read({ after, limit: 7 });
    }
    expect(found).toEqual(expected);
    await claim('/late');
    expect(told(await read({ after }))).toEqual(['room.seat /late a.1']);
  });

  it('reads streams longer than one answer of Redis', async () => {
    const pipeline = table.redis.pipeline();
    for (let i = 0; i < 2_500; i += 1) {
      const payload = JSON.stringify({ room: `/${i}`, state: 'live' });
      pipeline.xadd(redisKey('test', 'feed'), '*', 'type', 'observed', 'payload', payload);
    }
    await pipeline.exec();
    expect(told(await read({ room: '/3' }))).toEqual(['room.live /3']);
    expect((await read({ limit: 10_000 })).events).toHaveLength(2_500);
    expect((await read({ after: '0-0_0-0', limit: 10_000 })).events).toHaveLength(2_500);
  });

  it('waits for what fits, and not for ever', async () => {
    const { after } = await read();
    const waiting = read({ after, room: '/x', waitMs: 10_000 });
    await claim('/other');
    await claim('/x');
    expect(told(await waiting)).toEqual(['room.seat /x a.1']);
    const end = await read();
    expect(await read({ after: end.after, waitMs: 300 })).toMatchObject({ events: [] });
    expect(await read({ after: end.after, waitMs: 10_000 }, AbortSignal.timeout(50))).toMatchObject({
      events: [],
    });
  });

  it('skips what another version of usher wrote', async () => {
    await table.redis.xadd(redisKey('test', 'audit'), '*', 'entry', '{"when":"some day"}');
    await table.redis.xadd(redisKey('test', 'feed'), '*', 'type', 'unheard-of', 'payload', '{}');
    await decide('x.y');
    expect(told(await read())).toEqual(['x.y']);
  });
});
