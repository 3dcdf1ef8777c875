import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { RedisAudit } from './redis-audit.ts';
import { type StoredEntry, storedEntry } from './stored-entry.ts';

const stream = redisKey('test', 'audit');
let server: TestRedis;
let connection: RedisConnection;
let audit: RedisAudit;

beforeEach(async () => {
  server = await startRedis();
  connection = await server.connect();
  audit = new RedisAudit({ connection, fleet: 'test', entries: 100, log: createLogger('test', 'silent') });
});
afterEach(() => server.stop());

function record(...actions: string[]): void {
  for (const action of actions) {
    audit.record({ actor: 'orchestrator', action, reason: 'r', outcome: 'ok', shards: ['a'] });
  }
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `x.${index}`);

async function stored(): Promise<StoredEntry[]> {
  const entries = await (await server.connect()).redis.xrange(stream, '-', '+');
  return entries.map(([, fields]) => storedEntry.parse(JSON.parse(fields[1] ?? '')));
}

/** Waits until the stream has so many entries, or fails. */
async function storedWhen(count: number): Promise<StoredEntry[]> {
  const enough = async () => {
    await audit.flush();
    const entries = await stored();
    return entries.length >= count ? entries : undefined;
  };
  return waitFor(enough, { timeoutMs: 5_000, describe: () => `fewer than ${count} entries` });
}

async function cutConnection(): Promise<void> {
  connection.redis.disconnect();
  await waitFor(() => (connection.runId() === undefined ? true : undefined), {
    timeoutMs: 5_000,
    describe: () => 'still connected',
  });
}

describe('RedisAudit', () => {
  it('writes what is recorded, in its order, by itself', async () => {
    record('x.0', 'x.1', 'x.2');
    await waitFor(async () => ((await stored()).length === 3 ? true : undefined), {
      timeoutMs: 5_000,
      describe: () => 'nobody wrote them',
    });
    expect((await stored()).map(({ action }) => action)).toEqual(['x.0', 'x.1', 'x.2']);
    expect((await stored())[0]).toMatchObject({ actor: 'orchestrator', shards: ['a'], outcome: 'ok' });
  });

  it('keeps about as many entries as it is told', async () => {
    for (let round = 0; round < 10; round += 1) {
      record(...numbered(100));
      await audit.flush();
    }
    await waitFor(async () => ((await stored()).at(-1)?.action === 'x.99' ? true : undefined), {
      timeoutMs: 5_000,
      describe: () => 'not written',
    });
    const { length } = await stored();
    expect(length).toBeGreaterThanOrEqual(100);
    expect(length).toBeLessThan(250);
  });

  it('keeps entries while Redis is away, and says how long each was held', async () => {
    await cutConnection();
    record('x.0', 'x.1');
    expect(await stored()).toEqual([]);
    await sleep(100);
    await connection.redis.connect();
    const entries = await storedWhen(2);
    expect(entries.map(({ action }) => action)).toEqual(['x.0', 'x.1']);
    expect(entries[0]?.heldMs).toBeGreaterThanOrEqual(99);
  });

  it('counts what its buffer could not take, and tells it after what it could', async () => {
    audit = new RedisAudit({
      connection,
      fleet: 'test',
      entries: 9_000,
      log: createLogger('test', 'silent'),
    });
    await cutConnection();
    record(...numbered(1_007));
    await connection.redis.connect();
    const entries = await storedWhen(1_001);
    record('later');
    expect(entries.at(-2)?.action).toBe('x.999');
    expect(entries.at(-1)).toMatchObject({ action: 'audit.drop', inputs: { dropped: 7 } });
    expect((await storedWhen(1_002)).at(-1)?.action).toBe('later');
  });

  it('never throws, whatever Redis answers', async () => {
    await connection.redis.set(stream, 'no stream');
    record('x.0');
    await audit.flush();
    await connection.redis.del(stream);
    expect(await storedWhen(1)).toHaveLength(1);
  });
});
