import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scaleBench } from './bench.ts';
import { contenders } from './contenders.ts';

let folder: string;
const exitCode = process.exitCode;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-bench-'));
});
afterEach(async () => {
  process.exitCode = exitCode;
  await rm(folder, { recursive: true });
});

test('it runs to its end, says what it is about, and goes on from what it has simulated', async () => {
  const lines = Array.from({ length: 48 }, (_, hour) => {
    return `2026-03-0${hour < 24 ? 2 : 3}T${String(hour % 24).padStart(2, '0')}:00,${100 + hour}`;
  });
  await writeFile(join(folder, 'two-days.csv'), ['timestamp,value', ...lines, ''].join('\n'));
  const said: string[] = [];
  const cache = join(folder, 'cache');
  const say = (line: string) => said.push(line);
  const options = { json: true, traces: folder, seeds: 1, draws: 1, cache, say };
  const [result, ...others] = await scaleBench(options);
  expect(others).toEqual([]);
  expect(result?.trace).toBe('two-days');
  expect(Object.keys(result?.policies ?? {})).toEqual(Object.keys(contenders));
  for (const score of Object.values(result?.policies ?? {})) {
    expect(score.bridgeHours).toBeGreaterThan(score.fluidBound);
    expect(score.cut).toBe(0);
  }
  expect(result?.withFaults.cut).toBe(0);
  expect(process.exitCode ?? 0).toBe(result?.isGoalMet ? 0 : 1);
  expect(said.filter((line) => line.startsWith('two-days '))).toHaveLength(Object.keys(contenders).length);
  const kept = await readdir(cache);
  expect(kept).toHaveLength(Object.keys(contenders).length + 1);
  expect(await scaleBench(options)).toEqual([result]);
  expect(await readdir(cache)).toEqual(kept);
});
