import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RedisConnection } from '../../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { daySteps } from '../forecast/step.ts';
import { LoadHistory } from './load-history.ts';
import { type LoadStep, unknownStep } from './load-step.ts';

/** The last step of a day. */
const last = 20_778 * daySteps - 1;
const load = (bitsPerSecond: number): LoadStep => ({
  bitsPerSecond,
  demand: bitsPerSecond,
  highestStress: 0.3,
  participants: 3,
  conferences: 1,
  bridges: 2,
  openBridges: 0,
});
let server: TestRedis;
let connection: RedisConnection;
let history: LoadHistory;

beforeEach(async () => {
  server = await startRedis();
  connection = await server.connect();
  history = new LoadHistory(new StickTable(connection, 'test'), 8);
});
afterEach(() => server.stop());

describe('LoadHistory', () => {
  it('gives back what was written, over the end of a day, with its gaps', async () => {
    await history.write(last - 2, new Map([['a', load(1_000)]]));
    await history.write(
      last,
      new Map([
        ['a', load(2_000)],
        ['b', load(7_000)],
      ]),
    );
    await history.write(last + 1, new Map([['a', load(3_000)]]));
    expect(await history.read('a', last - 3, last + 2)).toEqual([
      unknownStep,
      load(1_000),
      unknownStep,
      load(2_000),
      load(3_000),
      unknownStep,
    ]);
    expect(await history.read('c', last, last)).toEqual([unknownStep]);
  });

  it('goes on after a change of leader, and writes the present step anew', async () => {
    await history.write(last, new Map([['a', load(1_000)]]));
    const next = new LoadHistory(new StickTable(await server.connect(), 'test'), 8);
    await next.write(last, new Map([['a', load(5_000)]]));
    expect(await next.read('a', last, last)).toEqual([load(5_000)]);
  });

  it('is written by the leader alone', async () => {
    await connection.redis.set(redisKey('test', 'leader'), '8 orchestrator.2 127.0.0.1:1');
    const past = new LoadHistory(new StickTable(connection, 'test', 0, () => '7'), 8);
    await expect(past.write(last, new Map([['a', load(1_000)]]))).rejects.toThrow('leads');
    expect(await history.read('a', last, last)).toEqual([unknownStep]);
  });

  it('lets go of a day after so many weeks', async () => {
    await history.write(last, new Map([['a', load(1_000)]]));
    const expiry = await connection.redis.pttl(`usher:{test}:loads:a:${Math.floor(last / daySteps)}`);
    expect(expiry / 604_800_000).toBeCloseTo(8, 3);
  });

  it('writes more shards than fit into one command', async () => {
    const shards = Array.from({ length: 1_200 }, (_, index) => [`s${index}`, load(index * 1_000)] as const);
    await history.write(last, new Map(shards));
    expect(await history.read('s1199', last, last)).toEqual([load(1_199_000)]);
  });

  it('takes 36 KB a shard and week', async () => {
    for (let step = last - 7 * daySteps + 1; step <= last; step += 1) {
      await history.write(step, new Map([['shard-1', load(1e8)]]));
    }
    const keys = await connection.redis.keys('usher:{test}:loads:*');
    const sizes = await Promise.all(keys.map((key) => connection.redis.memory('USAGE', key)));
    expect(keys).toHaveLength(7);
    expect(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)).toBeLessThan(36_500);
  });
});
