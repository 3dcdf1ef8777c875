import { expect, test } from 'vitest';
import { type Contest, compare } from './compare.ts';
import { SimulationPool } from './pool.ts';
import { doRun } from './run.ts';

const trace = { startMs: 0, stepMs: 3_600_000, values: new Array(48).fill(150) };
const shard = { capacity: 50 };
const contests: readonly Contest[] = [
  { name: 'flat', trace, policy: 'static', options: { bridges: 1 }, shard },
  { name: 'flat', trace, policy: 'static', options: { bridges: 6 }, shard },
];

test('every policy meets the same crowds, in order, with progress', async () => {
  using pool = new SimulationPool({ threads: 2 });
  const told: [number, number][] = [];
  const compared = await compare(pool, contests, {
    seeds: 2,
    columns: 12,
    onProgress: (...days) => told.push(days),
  });
  const run = { trace, policy: 'static', options: { bridges: 6 }, shard } as const;
  const scores = [1, 2].map((seed) => doRun({ ...run, seed }).score);
  expect(compared[1]?.score.overloadPpm).toBeCloseTo(
    scores.reduce((sum, { overloadPpm }) => sum + overloadPpm, 0) / 2,
  );
  expect(compared.map(({ options, meetsLevel }) => ({ options, meetsLevel }))).toEqual([
    { options: { bridges: 1 }, meetsLevel: false },
    { options: { bridges: 6 }, meetsLevel: true },
  ]);
  expect(compared[0]?.score.fluidBound).toBe(compared[1]?.score.fluidBound);
  expect(compared.map(({ timeline }) => timeline?.columns.length)).toEqual([12, 12]);
  expect(told).toEqual(Array.from({ length: 8 }, (_, index) => [index + 1, 8]));
});
