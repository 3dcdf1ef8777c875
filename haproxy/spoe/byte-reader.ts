import { SpopError, spopStatus } from './status.ts';
import { decodeVarint } from './varint.ts';

/** A cursor over one frame. Reading past its end, or a malformed number, throws SpopError `invalid`. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** True when every byte was read. */
  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The next byte, 0 to 255. */
  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new SpopError(spopStatus.invalid, 'frame ends early');
    this.#at += 1;
    return byte;
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) {
      throw new SpopError(spopStatus.invalid, 'frame ends early');
    }
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  /** All that is left. */
  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at);
  }

  /** A varint of at most 64 bits. */
  varint(): bigint {
    const value = decodeVarint(() => this.byte());
    if (value === undefined) throw new SpopError(spopStatus.invalid, 'varint over 64 bits');
    return value;
  }

  /** Bytes with their length before them. */
  sized(): Buffer {
    const length = this.varint();
    // Compared as a bigint first: a length of 2^64 must not be rounded into something that fits.
    if (length > BigInt(this.#bytes.length)) throw new SpopError(spopStatus.invalid, 'frame ends early');
    return this.take(Number(length));
  }

  /** A name: a length and UTF-8. */
  name(): string {
    return this.sized().toString('utf8');
  }
}
