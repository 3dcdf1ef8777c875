import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { addScalingMetrics } from './scaling-metrics.ts';

const limits = { min: 3, max: 9, noScaleDown: false, paused: false, expected: 0, reasons: [] };
const wanted = { exist: 2, open: new Set(['a']), reasons: [] };

test('tells what is wanted, what limits add, and what is forecast in bits per second', async () => {
  const register = new Registry();
  const forecast = { within5: 1, within25: 2, within30: 1.5 };
  const looks = new Map([
    ['eu-1', { atMs: 0, limits, wanted: { ...wanted, forecast }, decision: { ...wanted, exist: 3 } }],
    ['eu-2', { atMs: 0, limits, wanted, decision: wanted }],
  ]);
  addScalingMetrics(register, { looks: () => looks, fullBitsPerSecond: () => 100 });
  const text = await register.metrics();
  expect(text).toContain('usher_shard_bridges_wanted{shard="eu-1",which="exist"} 3');
  expect(text).toContain('usher_shard_bridges_wanted{shard="eu-1",which="open"} 1');
  expect(text).toContain('usher_shard_bridges_limited{shard="eu-1"} 1');
  expect(text).toContain('usher_shard_forecast_bits_per_second{shard="eu-1",within="25m"} 200');
  expect(text).not.toContain('usher_shard_forecast_bits_per_second{shard="eu-2"');
  looks.clear();
  expect(await register.metrics()).not.toContain('eu-1');
});
