import { expect, it } from 'vitest';
import { allFaults, quickKinds } from './faults/all.ts';
import { runChaos } from './run-chaos.ts';
import { isClean, summarize } from './summary.ts';

const quick = allFaults.filter(({ kind }) => quickKinds.has(kind));

it('splits, moves, cuts and loses no room by three faults, one after the other', {
  timeout: 180_000,
}, async () => {
  expect(quick.map(({ kind }) => kind).toSorted()).toEqual([...quickKinds].toSorted());
  const said: string[] = [];
  const options = { seed: 3, forMs: 60_000, atMost: 3, rooms: 10, faults: quick };
  const result = await runChaos({ ...options, say: (line) => said.push(line) }, AbortSignal.timeout(170_000));
  const summary = summarize([result]);
  expect(isClean(summary), said.join('\n')).toBe(true);
  expect(summary.faults).toBe(3);
  expect(summary.joins).toBeGreaterThan(15);
});
