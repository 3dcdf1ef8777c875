import { expect, test } from 'vitest';
import { measureStep } from './bench.ts';
import { makeShards, readAll } from './shards.ts';

test('what is measured is measured of every shard, and decides something', () => {
  const { followMs, decideMs, observeMs } = measureStep(30, 20);
  for (const { median, worst } of [followMs, decideMs, observeMs]) {
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeGreaterThanOrEqual(median);
  }
});

test('its shards have bridges that carry meetings, some of them draining', () => {
  const [shard] = makeShards(1, 8, 0);
  if (!shard) throw new Error('no shard');
  readAll(shard, () => 0.5, 10_000);
  const said = shard.bridges.map((bridge) => (bridge.said.ok ? bridge.said : undefined));
  expect(said.filter((one) => one?.draining)).toHaveLength(2);
  expect(said.some((one) => (one?.bitsPerSecond ?? 0) > 1e7)).toBe(true);
});
