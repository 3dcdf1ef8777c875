import { expect, test } from 'vitest';
import { carried, hours, recorded } from '../../../orchestrator/scaling/report/testing/recorded.ts';
import { shardsToDraw } from './shards-to-draw.ts';

/** The later by name the more bridges. */
const shards = Array.from({ length: 300 }, (_, index) =>
  recorded(hours(1, carried(0.5, index)), { name: `eu-${index}` }),
);

test.each([
  ['recorded alone', 1, 200],
  ['with one policy', 2, 100],
  ['with all policies', 10, 20],
  ['one at least, whatever it takes', 300, 1],
])('%s: those with the most bridge-hours', (_what, picturesEach, most) => {
  const drawn = shardsToDraw(shards, picturesEach);
  expect([...drawn]).toEqual(Array.from({ length: most }, (_, index) => `eu-${299 - index}`));
});

test('all are drawn of a small fleet, those that recorded nothing, too', () => {
  const small = [...shards.slice(0, 5), recorded([], { name: 'eu-new' })];
  expect(shardsToDraw(small, 10).size).toBe(6);
});
