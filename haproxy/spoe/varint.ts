/** Largest number a varint carries: 64 bits, as HAProxy's encoder. */
export const maxVarint = 2n ** 64n - 1n;

/** Bytes of the longest varint. */
export const maxVarintBytes = 10;

/**
 * The "peers" encoding (HAProxy doc/SPOE.txt, 3.1): the first byte carries 4 bits once it is 240 or more, each
 * further one 7 bits, and what a shorter form could say is subtracted.
 * Throws RangeError outside 0..2^64-1.
 */
export function encodeVarint(value: bigint): Buffer {
  if (value < 0n || value > maxVarint) throw new RangeError(`varint out of range: ${value}`);
  if (value < 240n) return Buffer.of(Number(value));
  const bytes = [Number(value & 0x0fn) | 0xf0];
  let rest = (value - 240n) >> 4n;
  while (rest >= 128n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest = (rest - 128n) >> 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** Reads one varint from `nextByte`; undefined when it is longer or larger than 64 bits allow. */
export function decodeVarint(nextByte: () => number): bigint | undefined {
  const first = nextByte();
  let value = BigInt(first);
  if (first < 240) return value;
  let shift = 4n;
  for (let index = 1; index < maxVarintBytes; index += 1) {
    const byte = nextByte();
    value += BigInt(byte) << shift;
    shift += 7n;
    if (byte < 128) return value <= maxVarint ? value : undefined;
  }
  return undefined;
}
