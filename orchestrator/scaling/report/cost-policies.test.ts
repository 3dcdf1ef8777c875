import { expect, test } from 'vitest';
import { SimulationPool } from '../simulate/pool.ts';
import { costPolicies } from './cost-policies.ts';
import { carried, hours, recorded } from './testing/recorded.ts';

test('each policy runs each shard of which enough is known', async () => {
  using pool = new SimulationPool({ threads: 1 });
  const shards = [recorded(hours(48, carried(2, 5))), recorded(hours(2, carried(2, 5)), { name: 'eu-2' })];
  const told: (readonly number[])[] = [];
  const costs = await costPolicies(pool, shards, ['static', 'forecast'], (...of) => told.push(of));
  expect(costs.map(({ shard, policy }) => [shard, policy])).toEqual([
    ['eu-1', 'static'],
    ['eu-1', 'forecast'],
  ]);
  // Two loads at .8, the first of which is on its way to a minimum of two, are three bridges, day and night.
  expect(costs[0]?.score.bridgeHours).toBeCloseTo(72, 0);
  // It is carried somewhere: less than that the world is not the recorded one.
  expect(costs[1]?.score.fluidBound).toBeGreaterThan(36);
  expect(told).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
});
