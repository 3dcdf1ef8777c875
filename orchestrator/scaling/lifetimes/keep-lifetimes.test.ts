import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../common/log.ts';
import { waitFor } from '../../../common/time.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { keepLifetimes, readLifetimes } from './keep-lifetimes.ts';
import { LifetimeBook } from './lifetime-book.ts';
import { noLifetimes } from './lifetimes.ts';

const minuteMs = 60_000;
const weekMs = 7 * 24 * 60 * minuteMs;
let server: TestRedis;
let table: StickTable;

beforeEach(async () => {
  server = await startRedis();
  table = new StickTable(await server.connect(), 'test');
});
afterEach(() => server.stop());

const ended = (book: LifetimeBook, now = Date.now()) =>
  book.counts(now).ended.reduce((sum, count) => sum + count, 0);

/** One leadership, in which three meetings end. */
async function lead(book: LifetimeBook): Promise<void> {
  const stop = new AbortController();
  const done = keepLifetimes(
    { lifetimes: book, table, log: createLogger('test', 'silent') },
    stop.signal,
    20,
  );
  const before = await waitFor(() => readLifetimes(table), {
    timeoutMs: 5_000,
    describe: () => 'nothing written',
  });
  const at = Date.now();
  const rooms = ['a', 'b', 'c'].map((room) => [room, at - 30 * minuteMs] as const);
  book.record('eu-1.1', { at, rooms: new Map(rooms) });
  book.record('eu-1.1', { at: at + 5_000, rooms: new Map() });
  await waitFor(
    async () => ((await readLifetimes(table))?.livedMs[30] !== before.livedMs[30] ? true : undefined),
    {
      timeoutMs: 5_000,
      describe: () => 'not written again',
    },
  );
  stop.abort();
  await done;
}

describe('keepLifetimes', () => {
  it('goes on from what the leader before has left', async () => {
    await lead(new LifetimeBook());
    const next = new LifetimeBook();
    await lead(next);
    expect(ended(next)).toBeCloseTo(6, 3);
    expect((await readLifetimes(table))?.ended.at(30)).toBeCloseTo(6, 3);
  });

  it('begins from nothing where what is left cannot be used', async () => {
    for (const left of ['{', '{"fadedAt":1,"ended":[1],"livedMs":[1]}']) {
      await table.redis.set(redisKey('test', 'lifetimes'), left);
      expect(await readLifetimes(table)).toBeUndefined();
    }
    const book = new LifetimeBook();
    await lead(book);
    expect(ended(book)).toBeCloseTo(3, 3);
  });
});

describe('LifetimeBook', () => {
  it('counts half of what is four weeks old', () => {
    const book = new LifetimeBook();
    book.begin({ ...noLifetimes, ended: noLifetimes.ended.with(3, 8) }, 0);
    expect(ended(book, 4 * weekMs)).toBeCloseTo(4);
    expect(ended(book, 8 * weekMs)).toBeCloseTo(2);
  });

  it('takes no room for ended of a shard that it loses sight of', () => {
    const book = new LifetimeBook();
    book.begin(undefined, 0);
    book.record('eu-1.1', { at: minuteMs, rooms: new Map([['a', 0]]) });
    book.keepOnly(new Set(['eu-1.2']));
    book.record('eu-1.1', { at: 2 * minuteMs, rooms: new Map() });
    expect(ended(book, 2 * minuteMs)).toBe(0);
  });
});
