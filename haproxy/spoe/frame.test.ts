import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeActions, encodeActions } from './action.ts';
import { decodeDisconnect, encodeAgentDisconnect } from './disconnect.ts';
import { decodeFrame, encodeFrame, lengthBytes } from './frame.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { acceptHello } from './hello.ts';
import { decodeKvList, encodeKvList } from './kv-list.ts';
import { decodeMessages, encodeMessages } from './message.ts';
import { SpopError } from './status.ts';
import { anyValue } from './testing/values.ts';
import { maxVarint } from './varint.ts';

const buffer = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const id = fc.bigInt({ min: 0n, max: maxVarint });
const frame = fc.record({
  type: fc.nat(255),
  flags: fc.nat(2 ** 32 - 1),
  streamId: id,
  frameId: id,
  payload: buffer,
});
const kvList = fc.array(fc.tuple(fc.string(), anyValue)).map((entries) => new Map(entries));
const message = fc.record({ name: fc.string(), args: kvList });
const action = fc.record({
  scope: fc.constantFrom('process', 'session', 'transaction', 'request', 'response'),
  name: fc.string(),
  value: anyValue,
});

describe('frames', () => {
  it('reads back every frame, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(frame), fc.integer({ min: 1, max: 100 }), (frames, chunkBytes) => {
        const stream = Buffer.concat(frames.map(encodeFrame));
        const splitter = new FrameSplitter(1000);
        const got = [];
        for (let at = 0; at < stream.length; at += chunkBytes) {
          splitter.push(stream.subarray(at, at + chunkBytes));
          for (let bytes = splitter.next(); bytes; bytes = splitter.next()) got.push(decodeFrame(bytes));
        }
        expect(got).toEqual(frames);
        expect(splitter.pending).toBe(false);
      }),
    );
  });

  it('refuses a frame over the limit from its length alone, and takes one at the limit', () => {
    const splitter = new FrameSplitter(256);
    splitter.push(Buffer.concat([Buffer.of(0, 0, 1, 0), Buffer.alloc(256)]));
    expect(splitter.next()?.length).toBe(256);
    splitter.push(Buffer.of(0, 0, 1, 1));
    expect(() => splitter.next()).toThrow(expect.objectContaining({ status: 3 }));
  });

  it('reads back every payload', () => {
    fc.assert(
      fc.property(kvList, fc.array(message), fc.array(action), (list, messages, actions) => {
        expect(decodeKvList(encodeKvList(list))).toEqual(list);
        expect(decodeMessages(encodeMessages(messages))).toEqual(messages);
        expect(decodeActions(encodeActions(actions))).toEqual(actions);
      }),
    );
  });

  it('reads back a DISCONNECT', () => {
    const bytes = encodeAgentDisconnect(4, 'why').subarray(lengthBytes);
    expect(decodeDisconnect(decodeFrame(bytes))).toEqual({ status: 4, message: 'why' });
  });

  it('throws nothing but SpopError for any bytes', () => {
    const decoders = [decodeFrame, decodeKvList, decodeMessages, decodeActions, hello];
    fc.assert(
      fc.property(buffer, fc.constantFrom(...decoders), (bytes, decode) => {
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(SpopError);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

function hello(payload: Buffer) {
  return acceptHello({ type: 1, flags: 1, streamId: 0n, frameId: 0n, payload }, 16_380);
}
