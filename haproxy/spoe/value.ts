import { isUtf8 } from 'node:buffer';
import type { ByteReader } from './byte-reader.ts';
import { SpopError, spopStatus } from './status.ts';
import { encodeVarint } from './varint.ts';

/** An IPv4 (4 bytes) or IPv6 (16 bytes) address in network byte order. */
export interface SpoeIp {
  readonly ip: Buffer;
}

/**
 * Typed data: 32-bit integers are numbers, 64-bit ones bigints, BINARY is a Buffer.
 * A STRING that is not UTF-8 (a request can hold any bytes) arrives as a Buffer, so that no two become one.
 */
export type SpoeValue = null | boolean | number | bigint | string | Buffer | SpoeIp;

const types = {
  null: 0,
  boolean: 1,
  int32: 2,
  uint32: 3,
  int64: 4,
  uint64: 5,
  ipv4: 6,
  ipv6: 7,
  string: 8,
  binary: 9,
} as const;
const trueFlag = 0x10;

/** Reads one TYPED-DATA (HAProxy doc/SPOE.txt, 3.1); throws SpopError `invalid`. */
export function readValue(reader: ByteReader): SpoeValue {
  const head = reader.byte();
  switch (head & 0x0f) {
    case types.null:
      return null;
    case types.boolean:
      return (head & trueFlag) !== 0;
    case types.int32:
      return Number(inRange(BigInt.asIntN(64, reader.varint()), -(2n ** 31n), 2n ** 31n - 1n));
    case types.uint32:
      return Number(inRange(reader.varint(), 0n, 2n ** 32n - 1n));
    case types.int64:
      return BigInt.asIntN(64, reader.varint());
    case types.uint64:
      return reader.varint();
    case types.ipv4:
      return { ip: reader.take(4) };
    case types.ipv6:
      return { ip: reader.take(16) };
    case types.string: {
      const bytes = reader.sized();
      return isUtf8(bytes) ? bytes.toString('utf8') : bytes;
    }
    case types.binary:
      return reader.sized();
    default:
      throw new SpopError(spopStatus.invalid, 'unknown data type');
  }
}

/**
 * The bytes of one TYPED-DATA: a number becomes UINT32, or INT32 when negative; a bigint INT64, or UINT64 when
 * it must. Throws RangeError for what no type holds.
 */
export function encodeValue(value: SpoeValue): Buffer {
  if (value === null) return Buffer.of(types.null);
  if (typeof value === 'boolean') return Buffer.of(types.boolean | (value ? trueFlag : 0));
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) {
      throw new RangeError(`not a 32-bit integer: ${value}`);
    }
    return integer(value < 0 ? types.int32 : types.uint32, BigInt(value));
  }
  if (typeof value === 'bigint') return integer(value < 2n ** 63n ? types.int64 : types.uint64, value);
  if (typeof value === 'string') return Buffer.concat([Buffer.of(types.string), encodeName(value)]);
  if (Buffer.isBuffer(value)) {
    return Buffer.concat([Buffer.of(types.binary), encodeVarint(BigInt(value.length)), value]);
  }
  if (value.ip.length !== 4 && value.ip.length !== 16) {
    throw new RangeError(`an address of ${value.ip.length} bytes`);
  }
  return Buffer.concat([Buffer.of(value.ip.length === 4 ? types.ipv4 : types.ipv6), value.ip]);
}

/** A length and UTF-8. */
export function encodeName(name: string): Buffer {
  const bytes = Buffer.from(name, 'utf8');
  return Buffer.concat([encodeVarint(BigInt(bytes.length)), bytes]);
}

/** HAProxy sign-extends every negative integer to 64 bits before it writes the varint. */
function integer(type: number, value: bigint): Buffer {
  if (value < -(2n ** 63n)) throw new RangeError(`not a 64-bit integer: ${value}`);
  const unsigned = value < 0n ? BigInt.asUintN(64, value) : value;
  return Buffer.concat([Buffer.of(type), encodeVarint(unsigned)]);
}

function inRange(value: bigint, low: bigint, high: bigint): bigint {
  if (value < low || value > high) throw new SpopError(spopStatus.invalid, 'integer over 32 bits');
  return value;
}
