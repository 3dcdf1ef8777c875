import { expect, test } from 'vitest';
import { AgonesBufferPolicy } from './agones-buffer.ts';
import { agonesBufferOptions } from './schema.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

const counter = { fillTo: 1, buffer: 0, room: 0.5, roomShare: 0 };

/** With a capacity of 10 a replica, as in Agones' own tests of the counter policy: buffers are capacity that is free. */
test.each<[string, number[], object, number]>([
  ['a buffer of 5 with 5 of 10 in use stays', [0.5], { buffer: 0.5 }, 1],
  ['a buffer of 10 with 7 of 10 in use wants another', [0.7], { buffer: 1 }, 2],
  ['a buffer of 10 with 31 of 40 in use wants another', [1, 1, 1, 0.1], { buffer: 1 }, 5],
  ['a buffer of 10 with 5 of 50 in use lets three go', [0.5, 0, 0, 0, 0], { buffer: 1 }, 2],
  ['a share of the load', [1, 1, 1, 1], { bufferShare: 0.5 }, 6],
  ['one stays', [0], {}, 1],
])('%s', (_, loads, options, exist) => {
  const policy = new AgonesBufferPolicy(agonesBufferOptions.parse({ ...counter, ...options }));
  expect(policy.decide(lookAt(bridgesOf(loads))).exist).toBe(exist);
});

test('the fullest are filled first', () => {
  const policy = new AgonesBufferPolicy(agonesBufferOptions.parse({ ...counter, fillTo: 0.8 }));
  expect([...policy.decide(lookAt(bridgesOf([0.1, 0.5, 0.9, 0.6]))).open]).toEqual(['d', 'b']);
});
