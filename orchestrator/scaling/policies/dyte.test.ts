import { expect, test } from 'vitest';
import type { ScaledState } from '../scale-policy.ts';
import { DytePolicy } from './dyte.ts';
import { dyteOptions } from './schema.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

const options = dyteOptions.parse({ quantity: 2 });

test.each<[string, (number | undefined)[], ScaledState[], number, string]>([
  ['one overloaded node brings others', [0.7, 0.1], [], 4, 'ab'],
  [
    'not more while they start',
    [0.7, 0.1, undefined, undefined],
    ['open', 'open', 'starting', 'starting'],
    4,
    'ab',
  ],
  ['below that nothing comes', [0.69, 0.1], [], 2, 'ab'],
  ['empty nodes beyond the buffer are marked', [0.5, 0, 0, 0], [], 4, 'ab'],
  ['a node that is not known is not empty', [0.5, undefined, undefined], [], 3, 'abc'],
  ['when one is overloaded none is marked', [0.8, 0, 0], [], 5, 'abc'],
  ['one stays', [0], [], 1, 'a'],
])('%s', (_, loads, states, exist, open) => {
  const decision = new DytePolicy(options).decide(lookAt(bridgesOf(loads, states)));
  expect([decision.exist, [...decision.open].join('')]).toEqual([exist, open]);
});

test('a marked node ends after its cool-down, unless it was needed meanwhile', () => {
  const policy = new DytePolicy(options);
  const counts = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5].map((load, minute) => {
    return policy.decide(lookAt(bridgesOf([load, 0, 0]), minute)).exist;
  });
  expect(counts).toEqual([3, 3, 3, 3, 3, 2]);
  policy.decide(lookAt(bridgesOf([0.9, 0, 0]), 6));
  expect(policy.decide(lookAt(bridgesOf([0.5, 0, 0]), 7)).exist).toBe(3);
});
