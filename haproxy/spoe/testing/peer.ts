import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sleep, waitFor } from '../../../common/time.ts';
import { decodeFrame, encodeFrame, type Frame, frameFlags, frameTypes } from '../frame.ts';
import { FrameSplitter } from '../frame-splitter.ts';
import { encodeKvList } from '../kv-list.ts';
import { encodeMessages, type SpoeMessage } from '../message.ts';
import type { SpoeAddress } from '../server.ts';
import type { SpoeValue } from '../value.ts';

/** A hand-driven HAProxy that may say anything. */
export interface TestPeer {
  readonly socket: Socket;
  /** All frames received so far. */
  readonly frames: readonly Frame[];
  /** True once the agent closed the connection. */
  readonly closed: boolean;
  /** Writes what may be any bytes. */
  send(bytes: Buffer): void;
  /** The `index`th frame received, waited for up to 5 s. */
  frame(index: number): Promise<Frame>;
  /** Resolves when the agent has closed the connection. */
  end(): Promise<void>;
}

/** Connects and says nothing. */
export async function connectPeer({ host, port }: SpoeAddress): Promise<TestPeer> {
  const socket = connect(port, host);
  await once(socket, 'connect');
  const frames: Frame[] = [];
  const splitter = new FrameSplitter(1 << 20);
  let closed = false;
  socket.on('data', (chunk: Buffer) => {
    splitter.push(chunk);
    for (let bytes = splitter.next(); bytes; bytes = splitter.next()) frames.push(decodeFrame(bytes));
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed = true;
  });
  return {
    socket,
    frames,
    get closed() {
      return closed;
    },
    send(bytes) {
      socket.write(bytes);
    },
    frame(index) {
      return waitFor(() => frames[index], {
        timeoutMs: 5_000,
        everyMs: 2,
        describe: () => `no frame ${index} came, only ${frames.length}${closed ? ', then the end' : ''}`,
      });
    },
    async end() {
      await waitFor(() => closed || undefined, {
        timeoutMs: 5_000,
        everyMs: 2,
        describe: () => 'not closed',
      });
    },
  };
}

/** Connects and shakes hands. */
export async function connectGreeted(address: SpoeAddress): Promise<TestPeer> {
  const peer = await connectPeer(address);
  peer.send(hello());
  await peer.frame(0);
  return peer;
}

/** A HAPROXY-HELLO; `changes` replaces items, undefined takes one out. */
export function hello(changes: Record<string, SpoeValue | undefined> = {}): Buffer {
  const items = Object.entries({
    'supported-versions': '2.0',
    'max-frame-size': 16_380,
    capabilities: 'pipelining,async',
    ...changes,
  });
  const list = new Map<string, SpoeValue>();
  for (const [key, value] of items) if (value !== undefined) list.set(key, value);
  return frameOf(frameTypes.haproxyHello, encodeKvList(list));
}

/** A NOTIFY with one message `claim` for `room`. */
export function claim(frameId: number, room: string): Buffer {
  return notify(frameId, [{ name: 'claim', args: new Map([['room', room]]) }]);
}

/** A NOTIFY of stream 7. */
export function notify(frameId: number, messages: readonly SpoeMessage[]): Buffer {
  return frameOf(frameTypes.notify, encodeMessages(messages), { streamId: 7n, frameId: BigInt(frameId) });
}

/** Any frame; FIN and ids of 0 unless `changes` says otherwise. */
export function frameOf(type: number, payload: Buffer, changes: Partial<Frame> = {}): Buffer {
  return encodeFrame({ type, flags: frameFlags.fin, streamId: 0n, frameId: 0n, payload, ...changes });
}

/** Long enough for an answer that must not come. */
export function quiet(): Promise<boolean> {
  return sleep(60);
}
