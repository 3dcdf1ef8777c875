import { ByteReader } from './byte-reader.ts';
import { encodeVarint } from './varint.ts';

/** Codes of the frame types (HAProxy doc/SPOE.txt, 3.2.2). */
export const frameTypes = {
  haproxyHello: 1,
  haproxyDisconnect: 2,
  notify: 3,
  agentHello: 101,
  agentDisconnect: 102,
  ack: 103,
} as const;

/** Flags of a frame. SPOP 2.0 without fragmentation has `fin` on every frame. */
export const frameFlags = { fin: 1, abort: 2 } as const;

/** Bytes of the length that stands before every frame and does not count itself. */
export const lengthBytes = 4;

/** One frame without its length. HELLO and DISCONNECT have both ids 0. */
export interface Frame {
  type: number;
  flags: number;
  streamId: bigint;
  frameId: bigint;
  payload: Buffer;
}

/** Reads a frame; throws SpopError `invalid` when its header does not fit. */
export function decodeFrame(bytes: Buffer): Frame {
  const reader = new ByteReader(bytes);
  const type = reader.byte();
  const flags = reader.take(4).readUInt32BE();
  return { type, flags, streamId: reader.varint(), frameId: reader.varint(), payload: reader.rest() };
}

/** The bytes of a frame with its length before them. */
export function encodeFrame(frame: Frame): Buffer {
  const streamId = encodeVarint(frame.streamId);
  const frameId = encodeVarint(frame.frameId);
  const head = Buffer.alloc(lengthBytes + 5);
  head.writeUInt32BE(5 + streamId.length + frameId.length + frame.payload.length);
  head.writeUInt8(frame.type, lengthBytes);
  head.writeUInt32BE(frame.flags, lengthBytes + 1);
  return Buffer.concat([head, streamId, frameId, frame.payload]);
}
