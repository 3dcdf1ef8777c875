import { expect, test } from 'vitest';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import { firstThat, frontOf } from './front.ts';

const tried = (bridgeHours: number, overloadPpm: number) => ({
  score: { bridgeHours, overloadPpm } as Score,
});

test('the front has those that nothing cheaper beats', () => {
  const all = [tried(30, 5), tried(10, 90), tried(20, 90), tried(20, 40), tried(40, 5), tried(25, 60)];
  expect(frontOf(all)).toEqual([tried(10, 90), tried(20, 40), tried(30, 5), tried(40, 5)]);
});

test.each([0, 1, 2, 3, 4, 5])('the first of five that holds is %i', async (first) => {
  const asked: number[] = [];
  const found = await firstThat([0, 1, 2, 3, 4], async (item) => {
    asked.push(item);
    return item >= first;
  });
  expect(found).toBe(first === 5 ? undefined : first);
  expect(asked.length).toBeLessThanOrEqual(3);
});
