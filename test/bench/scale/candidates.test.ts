import { expect, test } from 'vitest';
import { makePolicy } from '../../../orchestrator/scaling/policies/make-policy.ts';
import { edges, neighbours, optionsOf, sample } from './candidates.ts';
import { contenders } from './contenders.ts';

const axes = { a: [1, 2, 3], b: ['x', 'y'], c: [true] };

test('all where there are few, and so many different ones where there are more', () => {
  expect(sample(axes, 6)).toHaveLength(6);
  const some = sample(axes, 4);
  expect(new Set(some.map((one) => JSON.stringify(one))).size).toBe(4);
  expect(sample(axes, 4)).toEqual(some);
  expect(sample({}, 4)).toEqual([{}]);
});

test('neighbours differ in one option by a step', () => {
  expect(neighbours(axes, { a: 2, b: 'x', c: true })).toEqual([
    { a: 1, b: 'x', c: true },
    { a: 3, b: 'x', c: true },
    { a: 2, b: 'y', c: true },
  ]);
});

test('the edges are told, but of options that have one value', () => {
  expect(edges(axes, { a: 2, b: 'x', c: true })).toEqual(['b']);
});

test('a key with a dot is an option of an option', () => {
  expect(optionsOf({ a: 1, 'b.c': 2, 'b.d': 3 })).toEqual({ a: 1, b: { c: 2, d: 3 } });
});

test.each(Object.entries(contenders))(
  'every candidate of %s is one that its policy takes',
  (_, contender) => {
    for (const options of sample(contender.axes, 20)) makePolicy(contender.policy, optionsOf(options));
    for (const [key, values] of Object.entries(contender.axes)) {
      for (const value of values)
        makePolicy(contender.policy, optionsOf({ ...sample(contender.axes, 1)[0], [key]: value }));
    }
  },
);
