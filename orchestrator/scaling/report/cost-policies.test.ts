import { expect, test } from 'vitest';
import { SimulationPool } from '../simulate/pool.ts';
import { costPolicies } from './cost-policies.ts';
import { carried, hours, recorded } from './testing/recorded.ts';

test('each policy runs each shard of which enough is known', async () => {
  using pool = new SimulationPool({ threads: 1 });
  const shards = [recorded(hours(48, carried(2, 5))), recorded(hours(2, carried(2, 5)), { name: 'eu-2' })];
  const told: (readonly number[])[] = [];
  const costs = await costPolicies(pool, shards, ['static', 'forecast'], {
    columns: 24,
    onProgress: (...of) => told.push(of),
  });
  expect(costs.map(({ shard, policy }) => [shard, policy])).toEqual([
    ['eu-1', 'static'],
    ['eu-1', 'forecast'],
  ]);
  // Two loads at .8 are three bridges, day and night, and none of them starts on the second day, which alone counts.
  expect(costs[0]?.score).toMatchObject({ bridgeHours: 72, launches: 0 });
  // It is carried somewhere: less than that the world is not the recorded one.
  expect(costs[1]?.score.fluidBound).toBeGreaterThan(36);
  // The second day alone is drawn.
  expect(costs[0]?.timeline).toMatchObject({ startMs: 5_900_288 * 300_000, columnMs: 3_600_000 });
  expect(told).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
});

test('timelines are made of the shards that are drawn alone', async () => {
  using pool = new SimulationPool({ threads: 1 });
  const steps = hours(48, carried(2, 5));
  const shards = ['eu-1', 'eu-2'].map((name) => recorded(steps, { name }));
  const costs = await costPolicies(pool, shards, ['static'], {
    columns: 24,
    isDrawn: ({ name }) => name === 'eu-2',
  });
  expect(costs.map(({ shard, timeline }) => [shard, timeline !== undefined])).toEqual([
    ['eu-1', false],
    ['eu-2', true],
  ]);
});
