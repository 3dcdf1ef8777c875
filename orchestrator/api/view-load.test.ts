import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../common/errors.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { bridge, said } from '../bridges/testing/bridge.ts';
import type { Control } from '../control/control.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { Scalers } from '../scaling/control/scalers.ts';
import { stepMs, stepOf } from '../scaling/forecast/step.ts';
import { LoadHistory } from '../scaling/load-history/load-history.ts';
import { unknownStep } from '../scaling/load-history/load-step.ts';
import { measureShards } from '../scaling/measure/measure-shards.ts';
import { signallingOf } from '../scaling/signalling/signalling.ts';
import { SignallingBook } from '../scaling/signalling/signalling-book.ts';
import type { WatchedShard } from '../shards/watched-shard.ts';
import { createOrchestratorMetrics } from './metrics.ts';
import { shardLoad } from './schema/load.ts';
import { viewLoad } from './view-load.ts';

let redis: TestRedis;
let control: Control;

beforeEach(async () => {
  redis = await startRedis();
  const held = {
    stats: said({ bitsPerSecond: 5e6, stress: 0.25 }),
    readAt: Date.now(),
    ratesSince: Date.now(),
  };
  const shards = new Map<string, Partial<WatchedShard>>([
    ['eu-1', { bridges: [bridge('b', {}, { said: held.stats, held })], bridgesRead: true }],
    ['eu-2', { bridges: [], bridgesRead: false }],
  ]);
  const loads = new LoadHistory(new StickTable(await redis.connect(), 'test'), 8);
  control = {
    shards,
    censuses: new CensusBook(),
    mirror: () => undefined,
    splits: { last: undefined },
    signalling: new SignallingBook(),
    loads,
    scaling: new Scalers(loads),
  } as unknown as Control;
});
afterEach(() => redis.stop());

describe('viewLoad', () => {
  it('shows what is carried now, and the steps of which something is known', async () => {
    const step = stepOf(Date.now()) - 2;
    await control.loads.write(
      step,
      new Map([['eu-1', { ...unknownStep, bitsPerSecond: 7_000, demand: 9_000, bridges: 2 }]]),
    );
    const view = await viewLoad(control, 'eu-1', 1);
    expect(shardLoad.parse(view)).toEqual(view);
    expect(view.now).toMatchObject({
      bitsPerSecond: 5e6,
      highestStress: 0.25,
      participants: null,
      openBridges: 1,
    });
    expect(view.history).toEqual([
      {
        from: new Date(step * stepMs).toISOString(),
        ...{ bitsPerSecond: 7_000, demand: 9_000, highestStress: null, bridges: 2 },
        ...{ participants: null, conferences: null, openBridges: null },
      },
    ]);
    expect((await viewLoad(control, 'eu-1', 0)).history).toEqual([]);
  });

  it('does not take a shard whose bridges were not read for one without load', async () => {
    expect((await viewLoad(control, 'eu-2', 1)).now).toBeNull();
    await expect(viewLoad(control, 'eu-3', 1)).rejects.toThrow(UsageError);
  });
});

describe('the metrics of shards', () => {
  it('have no sample of what is not known, nor of a shard that is gone', async () => {
    const limits = { participants: 10, websockets: 15 };
    const known = { ...signallingOf(9, undefined, limits), isNear: true };
    const unknown = { ...signallingOf(undefined, 3, limits), isNear: false };
    control.signalling.record(new Map(Object.entries({ 'ap-1': known, 'ap-2': unknown })), new Map());
    const metrics = createOrchestratorMetrics(control, () => measureShards(control, Date.now()));
    const text = await metrics.text();
    expect(text).toContain('usher_shard_bits_per_second{shard="eu-1"} 5000000');
    expect(text).not.toContain('usher_shard_participants{');
    expect(text).not.toContain('eu-2');
    expect(text).toContain('usher_shard_signalling_ratio{shard="ap-1"} 0.9');
    expect(text).not.toContain('usher_shard_signalling_ratio{shard="ap-2"}');
    expect(text).toContain('usher_shard_websockets{shard="ap-2"} 3');
    control.shards.clear();
    expect(await metrics.text()).not.toContain('eu-1');
  });
});
