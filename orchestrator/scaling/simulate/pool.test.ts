import { expect, test } from 'vitest';
import { SimulationPool } from './pool.ts';
import { doRun, type Run } from './run.ts';

const run: Run = {
  trace: { startMs: 0, stepMs: 3_600_000, values: new Array(48).fill(150) },
  policy: 'hpa',
  options: {},
  seed: 1,
};

test('a thread gives what this one gives, and says how far it is', async () => {
  using pool = new SimulationPool({ threads: 1 });
  const days: number[] = [];
  const ran = await pool.run({ ...run, columns: 24 }, (day) => days.push(day));
  expect(ran).toEqual(doRun({ ...run, columns: 24 }));
  expect(ran.timeline?.columns).toHaveLength(24);
  expect(days).toEqual([1, 2]);
});

test('a run that throws fails alone: those after it get another thread', async () => {
  using pool = new SimulationPool({ threads: 1 });
  const [wrong, right] = await Promise.allSettled([
    pool.run({ ...run, options: { target: 3 } }),
    pool.run(run),
  ]);
  expect(wrong).toMatchObject({
    status: 'rejected',
    reason: { message: expect.stringContaining('hpa, target') },
  });
  expect(right).toMatchObject({ status: 'fulfilled' });
});

test('a thread that ends without a word fails its run', async () => {
  const script = new URL(
    "data:text/javascript,import{parentPort as p}from'node:worker_threads';p.on('message',()=>process.exit(3))",
  );
  using pool = new SimulationPool({ threads: 2, script });
  const runs = await Promise.allSettled([1, 2, 3].map(() => pool.run(run)));
  expect(runs).toMatchObject(runs.map(() => ({ reason: { message: 'a simulating thread ended with 3' } })));
});

test('who waits hears of it when it is disposed of', async () => {
  const pool = new SimulationPool({ threads: 1 });
  const runs = [pool.run(run), pool.run(run)];
  pool[Symbol.dispose]();
  expect((await Promise.allSettled(runs)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
