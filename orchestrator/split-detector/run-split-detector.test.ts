import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { createAgentHttp } from '../../haproxy/agent/http.ts';
import { digestRooms, roomsOfBuckets } from '../../haproxy/agent/room-digests.ts';
import { bucketOf } from '../../haproxy/room-key/room-key.ts';
import { readSnapshot } from '../../haproxy/stick-table/snapshot.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { freePort } from '../../test/real/free-port.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { createOrchestratorMetrics } from '../api/metrics.ts';
import { viewSplits } from '../api/view-splits.ts';
import type { AuditEntry } from '../audit/audit.ts';
import type { Control } from '../control/control.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { Scalers } from '../scaling/control/scalers.ts';
import { SignallingBook } from '../scaling/signalling/signalling-book.ts';
import { runSplitDetector } from './run-split-detector.ts';
import { SplitBook } from './split-book.ts';

/** A real Redis, and an agent's HTTP over maps that a test changes. */
let redis: TestRedis;
let table: StickTable;
let agent: FastifyInstance;
let held: Map<string, string>;
let repairs: number;
let control: Control;
let entries: AuditEntry[];
let stop: AbortController;
let done: Promise<void>;

const unused = () => Promise.reject(new Error('not asked for here'));

beforeAll(async () => {
  redis = await startRedis();
  table = new StickTable(await redis.connect(), 'test');
});
afterAll(() => redis.stop());

beforeEach(async () => {
  await table.redis.flushall();
  await table.bless(new Map());
  for (const [index, name] of ['a', 'b'].entries())
    await table.putShard(testShard(name, { serverId: index + 1 }));
  await table.assign(new Map(Array.from({ length: 1024 }, (_, number) => [`main/${number}`, 'a'])));
  held = new Map();
  repairs = 0;
  agent = createAgentHttp({
    ...{
      status: unused,
      diff: unused,
      report: unused,
      metrics: unused,
      sessions: unused,
      entries: () => ({ room: null, bucket: null, slot: null }),
    },
    digests: async () => ({ ...(await digestRooms(held)), slots: ['a.1', 'b.1'] }),
    rooms: async (buckets) => {
      const { rooms, complete } = await roomsOfBuckets(held, buckets, 100);
      return { rooms: Object.fromEntries(rooms), complete };
    },
    repair: async () => {
      repairs += 1;
      held = new Map(
        [...(await readSnapshot(table.redis, 'test')).rooms].map(([room, { shard }]) => [room, shard]),
      );
      return [];
    },
  });
  const port = await freePort();
  await agent.listen({ host: '127.0.0.1', port });
  await table.putAgent('p1', { proxy: 'p1', http: `127.0.0.1:${port}`, at: Date.now(), inStep: true });
  entries = [];
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await done;
  await agent.close();
});

/** Starts it over the table as it is now, and censuses that show these rooms. */
async function start(censuses: Record<string, Record<string, number>>): Promise<void> {
  const mirror = await readSnapshot(table.redis, 'test');
  const book = new CensusBook();
  for (const [shard, rooms] of Object.entries(censuses)) {
    for (const _ of [1, 2])
      book.record(shard, { begunAt: Date.now(), rooms: new Map(Object.entries(rooms)) });
  }
  const timings = { splitsEveryMs: 50, graceMs: 100, censusEveryMs: 5_000, censusesToEnd: 1 };
  const given = {
    ...{
      table,
      censuses: book,
      splits: new SplitBook(),
      signalling: new SignallingBook(),
      scaling: new Scalers({ read: async () => [] }),
      fleet: { timings },
      mirror: () => mirror,
      pins: new Map(),
    },
    audit: { record: (entry: AuditEntry) => entries.push(entry) },
    log: createLogger('test', 'silent'),
  };
  control = given as unknown as Control;
  done = runSplitDetector(control, stop.signal);
}

const until = (what: string, is: () => boolean | Promise<boolean>) =>
  waitFor(async () => (await is()) || undefined, {
    timeoutMs: 10_000,
    describe: () => `never ${what}: ${JSON.stringify(viewSplits(control))}`,
  });
const kinds = () => viewSplits(control).splits.map(({ kind, room }) => `${kind} ${room}`);

describe('the split detector', () => {
  it('reports people on two shards with both counts, and moves nobody', async () => {
    await table.claim('/x', '', bucketOf('/x'), 60_000);
    held.set('/x', 'a.1');
    await start({ 'a.1': { '/x': 2 }, 'b.1': { '/x': 3 } });
    await until('found', () => kinds().includes('shard-split /x'));
    const [split] = viewSplits(control).splits;
    expect(split?.evidence).toContainEqual({ where: 'census', shard: 'b.1', participants: 3 });
    expect(split?.doThis).toContain('ask those on b.1 to rejoin');
    expect(viewSplits(control).counts['shard-split']).toBe(1);
    const metrics = createOrchestratorMetrics(control, () => new Map());
    expect(await metrics.text()).toContain('usher_splits{kind="shard-split"} 1');
    expect(entries.filter(({ action }) => action === 'split.find')).toHaveLength(1);
    expect(repairs).toBe(0);
    expect((await table.placement('/x'))?.shard).toBe('a.1');
  });

  it('takes a room over that is live where its bucket leads', async () => {
    await start({ 'a.1': { '/x': 2 }, 'b.1': {} });
    await until('adopted', async () => (await table.placement('/x'))?.shard === 'a.1');
    expect(entries.map(({ action }) => action)).toContain('split.repair');
  });

  it('holds the bucket of a room that is live elsewhere, by the steps of a move', async () => {
    await start({ 'a.1': {}, 'b.1': { '/x': 2 } });
    await until('held', async () => (await table.operations()).size > 0);
    const moves = await table.redis.hgetall('usher:{test}:moves');
    expect(Object.entries(moves)).toEqual([
      [`main/${bucketOf('/x')}`, expect.stringMatching(/^hold \S+ a$/)],
    ]);
  });

  it('has a proxy repaired that does not hold what the table says', async () => {
    await table.claim('/x', '', bucketOf('/x'), 60_000);
    held.set('/x', 'b.1');
    await start({ 'a.1': { '/x': 2 }, 'b.1': {} });
    await until('repaired', () => repairs > 0);
    await until('at peace', () => kinds().length === 0);
    expect(held.get('/x')).toBe('a.1');
    await until('ended', () => entries.some(({ action }) => action === 'split.end'));
  });

  it('says which proxy and census it could not read, and finds nothing by that', async () => {
    await table.claim('/x', '', bucketOf('/x'), 60_000);
    await agent.close();
    await start({ 'b.1': {} });
    await until('looked', () => control.splits.last !== undefined);
    expect(control.splits.last?.unread.map(({ where }) => where).toSorted()).toEqual(['a.1', 'p1']);
    expect(control.splits.last?.suspected).toBe(0);
  });
});
