import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeVarint, encodeVarint, maxVarint, maxVarintBytes } from './varint.ts';

function decode(bytes: Buffer): bigint | undefined {
  let at = 0;
  return decodeVarint(() => bytes[at++] ?? 0);
}

describe('varint', () => {
  it.each([
    [0n, '00'],
    [239n, 'ef'],
    [240n, 'f000'],
    [2287n, 'ff7f'],
    [2288n, 'f08000'],
    [264_431n, 'ffff7f'],
    [264_432n, 'f0808000'],
    [33_818_863n, 'ffffff7f'],
    [4_328_786_159n, 'ffffffff7f'],
  ])('encodes %s at a border of the specification', (value, hex) => {
    expect(encodeVarint(value).toString('hex')).toBe(hex);
  });

  it('reads back every 64-bit number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: maxVarint }), (value) => {
        const bytes = encodeVarint(value);
        expect(bytes.length).toBeLessThanOrEqual(maxVarintBytes);
        expect(decode(bytes)).toBe(value);
      }),
      { examples: [[maxVarint]] },
    );
  });

  it('refuses more than 64 bits', () => {
    expect(() => encodeVarint(maxVarint + 1n)).toThrow(RangeError);
    expect(decode(Buffer.alloc(11, 0xff))).toBeUndefined();
    expect(decode(Buffer.from('ffffffffffffffffff7f', 'hex'))).toBeUndefined();
  });
});
