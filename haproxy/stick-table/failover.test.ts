import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf } from '../../common/errors.ts';
import { waitFor } from '../../common/time.ts';
import { type RedisSet, startRedisSet } from '../../test/fleet/redis-set.ts';
import { askRedis } from './ask-redis.ts';
import type { RedisConnection } from './connection.ts';
import { StickTable } from './stick-table.ts';
import { testShard } from './testing/test-shard.ts';

let set: RedisSet;

beforeEach(async () => {
  set = await startRedisSet();
}, 30_000);

afterEach(() => set.stop());

/** The primary that the Sentinels name, and the name of its process. */
async function primaryNow(): Promise<{ address: { host: string; port: number }; name: string }> {
  const address = await waitFor(() => set.primary(), { timeoutMs: 5_000, describe: () => 'no primary' });
  return { address, name: set.nameOf(address) };
}

/** The id of the next Redis that the connection is with. */
function newRunId(connection: RedisConnection, before: string | undefined): Promise<string> {
  return waitFor(() => [connection.runId()].find((id) => id !== before), {
    timeoutMs: 20_000,
    everyMs: 10,
    describe: () => 'the client did not find the new primary',
  });
}

/** Appends numbers to a list, one after the other, until `signal` aborts: how many were sent and which succeeded. */
async function append(
  { redis }: RedisConnection,
  signal: AbortSignal,
): Promise<{ sent: number; done: number[] }> {
  const done: number[] = [];
  let sent = 0;
  for (; !signal.aborted; sent += 1) {
    const number = sent;
    await redis.rpush('numbers', number).then(
      () => done.push(number),
      () => sleep(2),
    );
  }
  return { sent, done };
}

describe('a connection through Sentinels', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'goes to the new primary after %s, repeats nothing',
    async (signal) => {
      const [connection, reader] = [await set.connect(), await set.connect({ blocking: true })];
      const stop = new AbortController();
      const appended = append(connection, stop.signal);
      const before = connection.runId();
      const { name, address } = await primaryNow();
      set.signal(name, signal);
      const after = await newRunId(connection, before);
      expect(await newRunId(reader, before)).toBe(after);
      expect((await primaryNow()).address).not.toEqual(address);
      await sleep(100);
      stop.abort();
      const { sent, done } = await appended;

      // Sentinels tell of the new primary one after the other, and the client looks anew each time.
      const read = () => connection.redis.lrange('numbers', 0, -1).catch(() => undefined);
      const found = await waitFor(read, { timeoutMs: 5_000, describe: () => 'the list cannot be read' });
      const there = found.map(Number);
      expect(new Set(there).size).toBe(there.length);
      expect(there).toEqual(there.toSorted((a, b) => a - b));
      // The new one was written to, and between the two some were refused.
      expect(there.at(-1)).toBe(done.at(-1));
      expect(sent).toBeGreaterThan(done.length);

      if (signal === 'SIGKILL') return;
      set.signal(name, 'SIGCONT');
      // As it becomes one it ends its connections.
      const replication = () => set.replication(address).catch(() => '');
      await waitFor(async () => /^role:slave/m.test(await replication()) || undefined, {
        timeoutMs: 20_000,
        describe: () => 'the old primary is not made a replica',
      });
      expect(connection.runId()).toBe(after);
    },
  );

  it('asks the next Sentinel when the first is stopped', async () => {
    set.signal('sentinel.1', 'SIGSTOP');
    expect((await set.connect()).runId()).toMatch(/^[0-9a-f]{40}\.[0-9a-f]{40}$/);
  });

  it('does not take a primary that was replaced, and is primary again, for the one that it was', async () => {
    const connection = await set.connect();
    const first = { ...(await primaryNow()), id: connection.runId() };
    set.signal(first.name, 'SIGSTOP');
    const second = await newRunId(connection, first.id);
    set.signal(first.name, 'SIGCONT');
    const { address } = await primaryNow();
    await waitFor(async () => (await set.replication(address)).includes('connected_slaves:2') || undefined, {
      timeoutMs: 20_000,
      describe: () => 'the first is not a replica',
    });
    // The other replica is not to be chosen; a Sentinel sees that after 2 s.
    const names = [first.name, set.nameOf(address)];
    set.signal(['redis.1', 'redis.2', 'redis.3'].find((name) => !names.includes(name)) ?? '', 'SIGSTOP');
    await sleep(3_500);
    const [sentinel = address] = set.fleet.redis.sentinels ?? [];
    const order = await askRedis(sentinel, undefined, (redis) =>
      redis.call('SENTINEL', 'FAILOVER', set.fleet.redis.primary),
    );
    expect(order).toBe('OK');
    const third = await newRunId(connection, second);
    expect((await primaryNow()).address).toEqual(first.address);
    expect(third.split('.')[0]).toBe(first.id?.split('.')[0]);
    expect(third).not.toBe(first.id);
    expect(await new StickTable(connection, 'local').isBlessed()).toBe(false);
  }, 60_000);
});

describe('a claim', () => {
  const claim = (table: StickTable, room: string) => table.claim(room, '', 7, 60_000);

  async function tableWithShard(): Promise<StickTable> {
    const table = new StickTable(await set.connect(), 'local', 1);
    await table.putShard(testShard('eu-1'));
    await table.assign(new Map([['main/7', 'eu-1']]));
    return table;
  }

  /** Asked over a connection of its own: one that was refused a write is given up. */
  async function placed(room: string): Promise<boolean> {
    const { address } = await primaryNow();
    return askRedis(
      address,
      undefined,
      async (redis) => (await redis.hexists('usher:{local}:rooms', room)) === 1,
    );
  }

  it('is answered while one replica holds it, and by nobody when none does', async () => {
    const table = await tableWithShard();
    set.signal('redis.2', 'SIGSTOP');
    for (const room of ['/a', '/b', '/c'])
      expect(await claim(table, room)).toMatchObject({ shard: 'eu-1.1' });
    set.signal('redis.3', 'SIGSTOP');
    await expect(claim(table, '/d')).rejects.toThrow(/only 0 replicas|NOREPLICAS/);
    // After 2 s without a word from them the primary takes no writes at all.
    await sleep(4_000);
    const refused = await claim(table, '/e').catch(messageOf);
    expect(refused).toMatch(/^NOREPLICAS/);
    expect(await placed('/d')).toBe(true);
    expect(await placed('/e')).toBe(false);
  });

  it('is refused by the new primary, whose table nobody has blessed', async () => {
    const table = await tableWithShard();
    await claim(table, '/known');
    const connection = await set.connect();
    const before = connection.runId();
    set.signal((await primaryNow()).name, 'SIGKILL');
    await newRunId(connection, before);
    const after = new StickTable(connection, 'local', 1);
    expect(await claim(after, '/known')).toMatchObject({ refused: expect.any(String) });
    expect(await after.placement('/known')).toMatchObject({ shard: 'eu-1.1' });
  });
});
