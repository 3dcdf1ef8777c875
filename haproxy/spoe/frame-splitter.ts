import { lengthBytes } from './frame.ts';
import { SpopError, spopStatus } from './status.ts';

/** Cuts a byte stream into frames and never holds more than one chunk and one unfinished frame. */
export class FrameSplitter {
  /** Largest frame in bytes, its length field not counted; lowered by the HELLO. */
  limit: number;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(limit: number) {
    this.limit = limit;
  }

  /** True when bytes are left that no frame took. */
  get pending(): boolean {
    return this.#bytes.length > 0;
  }

  /** Adds what arrived; call `next` until it gives undefined. */
  push(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** The next whole frame, or undefined until more arrives. Throws SpopError `tooBig` as soon as the length says so. */
  next(): Buffer | undefined {
    if (this.#bytes.length < lengthBytes) return undefined;
    const length = this.#bytes.readUInt32BE();
    if (length > this.limit) {
      throw new SpopError(spopStatus.tooBig, `frame of ${length} bytes, at most ${this.limit} are allowed`);
    }
    const end = lengthBytes + length;
    if (this.#bytes.length < end) return undefined;
    const frame = this.#bytes.subarray(lengthBytes, end);
    this.#bytes = this.#bytes.subarray(end);
    return frame;
  }
}
