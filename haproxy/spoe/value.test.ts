import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { SpopError } from './status.ts';
import { anyValue } from './testing/values.ts';
import { encodeValue, readValue, type SpoeValue } from './value.ts';

function read(hex: string): SpoeValue {
  return readValue(new ByteReader(Buffer.from(hex, 'hex')));
}

describe('typed data', () => {
  it('reads back every value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const reader = new ByteReader(encodeValue(value));
        expect(readValue(reader)).toEqual(value);
        expect(reader.done).toBe(true);
      }),
    );
  });

  it.each([
    ['00', null],
    ['11', true],
    ['01', false],
    ['0203', 3],
    ['02fff0fefefefefefefe0e', -1],
    ['08026869', 'hi'],
    ['0802ff61', Buffer.from([0xff, 0x61])],
  ])('reads %s', (hex, value) => {
    expect(read(hex)).toEqual(value);
  });

  it.each([
    ['an unknown type', '0a00'],
    ['a string longer than the frame', '080561'],
    ['a string of 2^64 - 1 bytes', '08fff0fefefefefefefe0e'],
    ['a short IPv4', '067f0000'],
    ['a short IPv6', '0700000000'],
    ['a varint without an end', '03ffffffffffffffffffffff'],
    ['a varint cut off', '03f0'],
    ['33 bits as UINT32', '03ffffffff7f'],
    ['33 bits as INT32', '02ffffffff7f'],
    ['nothing', ''],
  ])('refuses %s', (_, hex) => {
    expect(() => read(hex)).toThrow(SpopError);
  });

  it('refuses to encode what no type holds', () => {
    for (const value of [1.5, Number.NaN, 2 ** 32, 2n ** 64n, -(2n ** 63n) - 1n, { ip: Buffer.alloc(5) }]) {
      expect(() => encodeValue(value)).toThrow(RangeError);
    }
  });
});
