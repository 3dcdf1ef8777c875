import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../common/log.ts';
import { sleep, waitFor } from '../../../common/time.ts';
import type { RedisConnection } from '../../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import type { Wishes } from '../../../shards/overlay/wishes.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { daySteps, stepOf } from '../forecast/step.ts';
import { noLifetimes } from '../lifetimes/lifetimes.ts';
import { survivalOf } from '../lifetimes/survival-curve.ts';
import { LoadHistory } from '../load-history/load-history.ts';
import { type LoadStep, unknownStep } from '../load-history/load-step.ts';
import { scaleRules } from '../rules/scale-rules.ts';
import type { CountedBridge } from '../scale-view.ts';
import { keepMemories } from './keep-memories.ts';
import { Scalers } from './scalers.ts';

const log = createLogger('test', 'silent');
const survival = survivalOf(noLifetimes);
const rules = scaleRules({ bridges: { min: 1, max: 20 } }, []);
const static3 = { ...rules, policy: { name: 'static', options: { bridges: 3 } } as const };
const last = stepOf(Date.now()) - 1;
const wishes = { shards: async () => [{ name: 'eu-1' }] } as unknown as Wishes;

let server: TestRedis;
let connection: RedisConnection;
let history: LoadHistory;

beforeEach(async () => {
  server = await startRedis();
  connection = await server.connect();
  history = new LoadHistory(new StickTable(connection, 'test'), 8);
});
afterEach(() => server.stop());

/** A fleet whose load goes up and down within three hours, as the history has it; a step in fifty is missing. */
function stepAt(step: number): LoadStep {
  const demand = Math.round(400e3 * (3 + 2 * Math.sin((step - last) / 6))) * 1_000;
  return step % 50 === 7 ? unknownStep : { ...unknownStep, bitsPerSecond: demand, demand };
}

async function record(from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step += 1) await history.write(step, new Map([['eu-1', stepAt(step)]]));
}

const bridges = ['a', 'b', 'c', 'd'].map(
  (name): CountedBridge => ({ name, state: 'open', startedMs: 0, load: 0.5, conferences: undefined }),
);
const look = (scalers: Scalers, by = rules, nowMs = Date.now()) =>
  scalers.look({ shard: 'eu-1', rules: by, nowMs, bridges, survival });

describe('Scalers', () => {
  it('know what one knows that has followed all the time', async () => {
    const from = last - 2 * daySteps;
    await record(from, last);
    const always = new Scalers(history);
    for (let step = from; step <= last; step += 1) await always.follow('eu-1', rules, step);
    const late = new Scalers(history);
    await late.follow('eu-1', rules, last);
    for (const one of [always, late]) one.begin(new Map());
    const nowMs = Date.now();
    expect(look(late, rules, nowMs)).toEqual(look(always, rules, nowMs));
    expect(look(late).wanted.forecast?.within25).toBeGreaterThan(2);
  });

  it('hold everything until they know what was, and while the policy changes', async () => {
    const scalers = new Scalers(history);
    expect(look(scalers)).toMatchObject({ wanted: { exist: 4 }, decision: { exist: 4 } });
    await scalers.follow('eu-1', rules, last);
    expect(look(scalers).decision.reasons[1]).toContain('held');
    scalers.begin(new Map());
    expect(look(scalers).decision.reasons[1]).not.toContain('held');
    expect(look(scalers, static3).decision.reasons[1]).toContain('held');
    await scalers.follow('eu-1', static3, last);
    expect(look(scalers, static3).decision.exist).toBe(3);
    expect(scalers.latest('eu-1')?.wanted.exist).toBe(3);
    scalers.end();
    expect(look(scalers, static3).decision.reasons[1]).toContain('held');
  });

  it('reckon with the least and the most also while they hold', () => {
    const scalers = new Scalers(history);
    const few = scaleRules({ bridges: { min: 1, max: 2 } }, []);
    expect(look(scalers, few).decision).toMatchObject({ exist: 2, most: 2 });
    const many = scaleRules({ bridges: { min: 6, max: 9 } }, []);
    expect(look(scalers, many).decision.exist).toBe(6);
  });

  it('forget a shard that is gone', async () => {
    const scalers = new Scalers(history);
    await scalers.follow('eu-1', { ...rules, bridgeMbps: 100 }, last);
    expect(scalers.fullBitsPerSecond('eu-1')).toBe(100e6);
    scalers.keepOnly(new Set());
    expect(scalers.memories().size).toBe(0);
    expect(scalers.fullBitsPerSecond('eu-1')).toBe(400e6);
  });
});

describe('keepMemories', () => {
  const key = redisKey('test', 'scaling');
  const written = async () => JSON.parse((await connection.redis.hget(key, 'eu-1')) ?? 'null');

  /** A leadership: what it does lasts until `stop`. */
  function lead(scaling: Scalers, token?: string) {
    const stopping = new AbortController();
    const table =
      token === undefined
        ? new StickTable(connection, 'test')
        : new StickTable(connection, 'test', 0, () => token);
    const done = keepMemories({ scaling, table, wishes, log }, stopping.signal, 20);
    return async () => {
      stopping.abort();
      await done;
    };
  }

  it('has the next leader go on from what the last one left', async () => {
    await connection.redis.hset(key, { 'eu-1': '{"ending":["b"]}', 'eu-9': '{}' });
    const first = new Scalers(history);
    await first.follow('eu-1', rules, last);
    const stop = lead(first);
    const lacks = (what: string) => ({ timeoutMs: 5_000, describe: () => what });
    await waitFor(async () => (await written())?.policy, lacks('nothing is written'));
    expect(look(first).decision.end).toEqual(new Set(['b']));
    const isForgotten = async () => (await connection.redis.hexists(key, 'eu-9')) === 0 || undefined;
    await waitFor(isForgotten, lacks('a shard that is gone is not forgotten'));
    await stop();

    const second = new Scalers(history);
    const stopSecond = lead(second);
    await sleep(100);
    // Made after the leadership has begun, as after a long replay.
    await second.follow('eu-1', rules, last);
    expect(look(second).decision.end).toEqual(new Set(['b']));
    expect(second.memories()).toEqual(first.memories());
    await stopSecond();
  });

  it('writes nothing of a leadership that is over', async () => {
    await connection.redis.set(redisKey('test', 'leader'), '8 orchestrator.2 127.0.0.1:1');
    const scalers = new Scalers(history);
    await scalers.follow('eu-1', rules, last);
    const stop = lead(scalers, '7');
    await sleep(200);
    await stop();
    expect(await written()).toBeNull();
  });

  it('begins from nothing where what is left cannot be used', async () => {
    await connection.redis.hset(key, 'eu-1', '{');
    const scalers = new Scalers(history);
    await scalers.follow('eu-1', rules, last);
    const stop = lead(scalers);
    await waitFor(async () => (look(scalers).decision.reasons[1]?.includes('held') ? undefined : true), {
      timeoutMs: 5_000,
      describe: () => 'it does not begin',
    });
    await stop();
  });
});
