import fc from 'fast-check';
import type { SpoeValue } from '../value.ts';

const bytes = (options: fc.IntArrayConstraints) => fc.uint8Array(options).map((array) => Buffer.from(array));

/** Any value that SPOP can carry. */
export const anyValue: fc.Arbitrary<SpoeValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.string({ unit: 'binary' }),
  bytes({ maxLength: 300 }),
  fc
    .constantFrom(4, 16)
    .chain((length) => bytes({ minLength: length, maxLength: length }).map((ip) => ({ ip }))),
);
