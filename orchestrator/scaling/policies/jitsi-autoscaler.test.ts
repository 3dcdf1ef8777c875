import { expect, test } from 'vitest';
import { JitsiAutoscalerPolicy } from './jitsi-autoscaler.ts';
import { jitsiAutoscalerOptions } from './schema.ts';
import { periodMeans } from './stress-periods.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

const options = jitsiAutoscalerOptions.parse({ downPeriods: 3, graceMs: 180_000 });

/** Periods before the first look count as idle, too. */
const busy = new Array(3).fill([0.2, 0.2]);

/** What it wants after each of these minutes, each with the bridges' loads. */
function follow(
  policy: JitsiAutoscalerPolicy,
  minutes: readonly (readonly (number | undefined)[])[],
): number[] {
  return minutes.map((loads, minute) => policy.decide(lookAt(bridgesOf(loads), minute)).exist);
}

test.each<[string, (number | undefined)[][], number[]]>([
  ['up after two periods at the threshold', [[0.2], [0.3], [0.3]], [1, 1, 2]],
  ['not after one', [[0.2], [0.3], [0.2]], [1, 1, 1]],
  ['down after three periods below', [...busy, ...new Array(3).fill([0.09, 0.09])], [2, 2, 2, 2, 2, 1]],
  ['not below the least', [[0], [0], [0], [0]], [1, 1, 1, 1]],
  ['one grace for both directions', [[0.3], [0.3], [0, 0], [0, 0], [0, 0]], [1, 2, 2, 2, 1]],
  [
    'not while there are not as many as are desired',
    [[0.9], [0.9], [0.9], [0.9], [0.9], [0.9]],
    [1, 2, 2, 2, 2, 2],
  ],
  [
    'one that says nothing is left out of the mean',
    [
      [0.4, undefined],
      [0.4, undefined],
    ],
    [2, 3],
  ],
  [
    'where none says anything the group counts as idle',
    [...busy, ...new Array(3).fill([undefined, undefined])],
    [2, 2, 2, 2, 2, 1],
  ],
])('%s', (_, minutes, counts) => {
  expect(follow(new JitsiAutoscalerPolicy(options), minutes)).toEqual(counts);
});

test('those that start or say nothing end first, then those with the fewest people', () => {
  const policy = new JitsiAutoscalerPolicy({ ...options, downPeriods: 1, downQuantity: 2 });
  const bridges = bridgesOf([0.05, 0.01, undefined, 0.02], ['open', 'open', 'starting', 'open']);
  expect(policy.decide(lookAt(bridges)).end).toEqual(new Set(['b', 'c']));
});

test('an instance that missed one period counts as in the one before it', () => {
  const at = (minutesAgo: number, of: Record<string, number>) => ({ atMs: -minutesAgo * 60_000, of });
  const samples = [at(3, { a: 0.4, b: 0.2 }), at(2, { b: 0.2 }), at(1, { a: 0.8 }), at(0, { a: 0.6, b: 0 })];
  expect(periodMeans(samples, 0, 4).map((mean) => Math.round(100 * mean))).toEqual([30, 50, 30, 30]);
});

test('within a period each instance counts by its own mean', () => {
  const samples = [10, 20, 30].map((seconds) => ({ atMs: -1000 * seconds, of: { a: seconds / 100 } }));
  expect(periodMeans([...samples, { atMs: 0, of: { b: 0.4 } }], 0, 1)[0]).toBeCloseTo(0.3);
});
