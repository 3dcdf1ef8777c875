import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { decodeActions } from './action.ts';
import type { SpoeHandler } from './answer-notify.ts';
import { decodeDisconnect } from './disconnect.ts';
import { frameFlags, frameTypes } from './frame.ts';
import { decodeKvList } from './kv-list.ts';
import type { SpoeMessage } from './message.ts';
import { createSpoeServer, type SpoeServer, type SpoeServerOptions } from './server.ts';
import { claim, connectGreeted, connectPeer, frameOf, hello, notify, quiet } from './testing/peer.ts';

let server: SpoeServer | undefined;
afterEach(() => server?.close());

const log = createLogger('test', 'silent');

async function start(handle: SpoeHandler, options: Partial<SpoeServerOptions> = {}) {
  server = createSpoeServer({ log, handle, ...options });
  return { server, address: await server.listen({ host: '127.0.0.1', port: 0 }) };
}

const seat: SpoeHandler = async (message) => [
  { scope: 'transaction', name: 'shard', value: `of-${room(message)}` },
];

function room({ args }: SpoeMessage): string {
  return String(args.get('room'));
}

describe('the SPOE server', () => {
  it('agrees on the lower frame size and offers pipelining and async', async () => {
    const { address } = await start(seat, { maxFrameSize: 4000 });
    const peer = await connectPeer(address);
    peer.send(hello({ 'supported-versions': '3.0, 2.0', 'max-frame-size': 5000 }));
    const frame = await peer.frame(0);
    expect(frame).toMatchObject({ type: frameTypes.agentHello, streamId: 0n, frameId: 0n });
    expect(Object.fromEntries(decodeKvList(frame.payload))).toEqual({
      version: '2.0',
      'max-frame-size': 4000,
      capabilities: 'pipelining,async',
    });
    peer.send(frameOf(frameTypes.notify, Buffer.alloc(4001)));
    await peer.end();
    const lower = await connectPeer(address);
    lower.send(hello({ 'max-frame-size': 300 }));
    expect(decodeKvList((await lower.frame(0)).payload).get('max-frame-size')).toBe(300);
    lower.socket.destroy();
  });

  it('answers a health check and closes', async () => {
    const { address, server } = await start(seat);
    const peer = await connectPeer(address);
    peer.send(hello({ healthcheck: true }));
    await peer.end();
    expect(peer.frames.map(({ type }) => type)).toEqual([frameTypes.agentHello]);
    expect(server.stats).toMatchObject({ healthchecks: 1, connections: 0, peerErrors: 0 });
  });

  it('answers with the ids of the NOTIFY, all messages of a frame in one ACK', async () => {
    const { address } = await start(seat);
    const peer = await connectGreeted(address);
    const messages = ['a', 'b'].map((name) => ({ name: 'claim', args: new Map([['room', name]]) }));
    peer.send(notify(300, messages));
    const ack = await peer.frame(1);
    expect(ack).toMatchObject({ type: frameTypes.ack, flags: frameFlags.fin, streamId: 7n, frameId: 300n });
    expect(decodeActions(ack.payload).map(({ value }) => value)).toEqual(['of-a', 'of-b']);
    peer.socket.destroy();
  });

  it('answers in the order in which the answers are ready', async () => {
    const { address } = await start(async (message) => {
      await sleep(Number(room(message)));
      return [];
    });
    const peer = await connectGreeted(address);
    peer.send(Buffer.concat([claim(1, '80'), claim(2, '40'), claim(3, '0')]));
    await peer.frame(3);
    expect(peer.frames.slice(1).map(({ frameId }) => frameId)).toEqual([3n, 2n, 1n]);
    peer.socket.destroy();
  });

  it.each<[string, SpoeHandler, object]>([
    ['rejects', () => Promise.reject(new Error('no Redis')), { handlerFailures: 1 }],
    [
      'throws',
      () => {
        throw new Error('a defect');
      },
      { handlerFailures: 1 },
    ],
    ['is late', () => new Promise(() => undefined), { handlerTimeouts: 1 }],
    [
      'answers too much',
      async () => [{ scope: 'request', name: 'x', value: 'x'.repeat(20_000) }],
      { handlerFailures: 1 },
    ],
    ['answers nonsense', async () => [{ scope: 'request', name: 'x', value: 0.5 }], { handlerFailures: 1 }],
  ])('sends an ACK without actions when the handler %s', async (_, handle, counted) => {
    const { address, server } = await start(handle, { handleTimeoutMs: 50 });
    const peer = await connectGreeted(address);
    peer.send(claim(5, 'a'));
    const ack = await peer.frame(1);
    expect(ack).toMatchObject({ type: frameTypes.ack, frameId: 5n, payload: Buffer.alloc(0) });
    expect(server.stats).toMatchObject(counted);
    peer.socket.destroy();
  });

  it('does not run a cancelled NOTIFY', async () => {
    const { address } = await start(seat);
    const peer = await connectGreeted(address);
    const flags = frameFlags.fin | frameFlags.abort;
    peer.send(frameOf(frameTypes.notify, Buffer.from('cut'), { flags, streamId: 1n, frameId: 4n }));
    expect(await peer.frame(1)).toMatchObject({
      type: frameTypes.ack,
      frameId: 4n,
      payload: Buffer.alloc(0),
    });
    peer.socket.destroy();
  });

  it('tells the handler when the connection is gone', async () => {
    const signals: AbortSignal[] = [];
    const handle: SpoeHandler = (_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const { address, server } = await start(handle, { handleTimeoutMs: 10_000 });
    const peer = await connectGreeted(address);
    peer.send(claim(1, 'a'));
    await waitFor(() => signals[0], { timeoutMs: 2000, everyMs: 2, describe: () => 'not handled' });
    peer.socket.destroy();
    await waitFor(() => signals[0]?.aborted || undefined, { timeoutMs: 2000, describe: () => 'not aborted' });
    await waitFor(() => server.stats.inFlight === 0 || undefined, {
      timeoutMs: 2000,
      describe: () => 'in flight',
    });
  });

  it('leaves NOTIFYs over the bound unread until answers are out', async () => {
    const waiting: (() => void)[] = [];
    const handle: SpoeHandler = () => new Promise((resolve) => waiting.push(() => resolve([])));
    const { address } = await start(handle, { maxInFlight: 3, handleTimeoutMs: 10_000, frameTimeoutMs: 30 });
    const peer = await connectGreeted(address);
    peer.send(Buffer.concat(Array.from({ length: 10 }, (_, index) => claim(index, 'a'))));
    await quiet();
    expect(waiting.length).toBe(3);
    for (let done = 0; done < 10; done += 1) {
      const next = await waitFor(() => waiting[done], {
        timeoutMs: 2000,
        everyMs: 2,
        describe: () => 'stuck',
      });
      next();
    }
    await peer.frame(10);
    peer.socket.destroy();
  });

  it('stops reading from a peer that takes no answers, and drops it', async () => {
    const large = 'x'.repeat(10_000);
    const { address, server } = await start(async () => [{ scope: 'request', name: 'x', value: large }], {
      outputTimeoutMs: 300,
    });
    const peer = await connectGreeted(address);
    peer.socket.pause();
    const many = Buffer.concat(Array.from({ length: 2000 }, (_, index) => claim(index, 'a')));
    peer.send(many);
    await waitFor(() => server.stats.connections === 0 || undefined, {
      timeoutMs: 8000,
      describe: () => 'kept',
    });
    expect(server.stats.notifies).toBeLessThan(2000);
    expect(server.stats.peerErrors).toBe(1);
    peer.socket.destroy();
  });

  it('closes connections over the bound', async () => {
    const { address } = await start(seat, { maxConnections: 1 });
    const first = await connectGreeted(address);
    const second = await connectPeer(address);
    await second.end();
    expect(second.frames).toEqual([]);
    first.socket.destroy();
  });

  it('answers what is under way before it says goodbye', async () => {
    const { address, server } = await start(async () => {
      await sleep(50);
      return [];
    });
    const [busy, idle, silent] = [
      await connectGreeted(address),
      await connectGreeted(address),
      await connectPeer(address),
    ];
    busy.send(claim(1, 'a'));
    await waitFor(() => server.stats.inFlight === 1 || undefined, {
      timeoutMs: 2000,
      everyMs: 2,
      describe: () => 'unread',
    });
    await server.close();
    for (const peer of [busy, idle, silent]) await peer.end();
    const last = [busy, idle, silent].map((peer) => peer.frames.at(-1));
    expect(busy.frames.map(({ type }) => type)).toEqual([
      frameTypes.agentHello,
      frameTypes.ack,
      frameTypes.agentDisconnect,
    ]);
    expect(last.map((frame) => frame && decodeDisconnect(frame).status)).toEqual([0, 0, 0]);
    await expect(connectPeer(address)).rejects.toThrow('ECONNREFUSED');
  });

  it('says which address it cannot have', async () => {
    const { address } = await start(seat);
    const other = createSpoeServer({ log, handle: seat });
    await expect(other.listen(address)).rejects.toThrow(`${address.host}:${address.port}`);
    await other.close();
  });
});
