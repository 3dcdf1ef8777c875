import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { decodeDisconnect } from './disconnect.ts';
import { frameTypes } from './frame.ts';
import { encodeKvList } from './kv-list.ts';
import { createSpoeServer, type SpoeAddress } from './server.ts';
import { spopStatus } from './status.ts';
import { claim, connectGreeted, connectPeer, frameOf, hello, type TestPeer } from './testing/peer.ts';

const server = createSpoeServer({
  log: createLogger('test', 'silent'),
  maxFrameSize: 1024,
  helloTimeoutMs: 150,
  frameTimeoutMs: 150,
  idleTimeoutMs: 300,
  handle: async ({ args }) => [{ scope: 'transaction', name: 'shard', value: args.get('room') ?? null }],
});
let address: SpoeAddress;
let bystander: TestPeer;

beforeAll(async () => {
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

/** What the agent says last, after `bytes`. */
async function lastWord(peer: TestPeer, bytes: Buffer) {
  peer.send(bytes);
  await peer.end();
  const frame = peer.frames.at(-1);
  expect(frame?.type).toBe(frameTypes.agentDisconnect);
  return frame && decodeDisconnect(frame).status;
}

const some = Buffer.from('some');
const fragment = { flags: 0, streamId: 1n, frameId: 1n };

describe('a malformed frame', () => {
  it.each([
    ['no versions', hello({ 'supported-versions': undefined }), spopStatus.noVersion],
    ['no max-frame-size', hello({ 'max-frame-size': undefined }), spopStatus.noMaxFrameSize],
    ['no capabilities', hello({ capabilities: undefined }), spopStatus.noCapabilities],
    ['only SPOP 1.0', hello({ 'supported-versions': '1.0' }), spopStatus.unsupportedVersion],
    ['only SPOP 20', hello({ 'supported-versions': '20.0, 1.5' }), spopStatus.unsupportedVersion],
    ['frames of 255 bytes', hello({ 'max-frame-size': 255 }), spopStatus.badMaxFrameSize],
    ['versions as a number', hello({ 'supported-versions': 2 }), spopStatus.invalid],
    ['max-frame-size as text', hello({ 'max-frame-size': '16380' }), spopStatus.invalid],
    ['capabilities as null', hello({ capabilities: null }), spopStatus.invalid],
    ['a stream id', frameOf(1, encodeKvList(new Map()), { streamId: 1n }), spopStatus.invalid],
    ['rubbish in the list', frameOf(1, some), spopStatus.invalid],
    ['no FIN flag', frameOf(1, some, { flags: 0 }), spopStatus.fragmented],
    ['a NOTIFY before it', claim(1, 'a'), spopStatus.invalid],
    ['an unknown frame before it', frameOf(50, some), spopStatus.invalid],
    ['an empty frame', Buffer.of(0, 0, 0, 0), spopStatus.invalid],
    ['a frame of 4 bytes', Buffer.of(0, 0, 0, 4, 1, 0, 0, 0), spopStatus.invalid],
    ['a header cut off in an id', Buffer.of(0, 0, 0, 6, 1, 0, 0, 0, 1, 0xf0), spopStatus.invalid],
    ['over the limit', hello({ padding: 'x'.repeat(1024) }), spopStatus.tooBig],
    ['a length of 4 GB', Buffer.alloc(4, 0xff), spopStatus.tooBig],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), spopStatus.tooBig],
    ['nothing at all', Buffer.alloc(0), spopStatus.timeout],
    ['half a HELLO', hello().subarray(0, 20), spopStatus.timeout],
  ])('in the HELLO: %s', async (_, bytes, status) => {
    expect(await lastWord(await connectPeer(address), bytes)).toBe(status);
  });

  it.each([
    ['a NOTIFY cut off in a name', frameOf(3, Buffer.of(5, 0x61)), spopStatus.invalid],
    ['a NOTIFY without its arguments', frameOf(3, Buffer.of(1, 0x61, 2)), spopStatus.invalid],
    ['a NOTIFY with an unknown type', frameOf(3, Buffer.of(1, 0x61, 1, 1, 0x61, 0x0f)), spopStatus.invalid],
    ['a fragment', frameOf(3, some, fragment), spopStatus.fragmented],
    ['the rest of a fragment', frameOf(0, some, fragment), spopStatus.fragmented],
    ['a second HELLO', hello(), spopStatus.invalid],
    ['over the agreed limit', frameOf(3, Buffer.alloc(1025)), spopStatus.tooBig],
    ['half a NOTIFY', claim(1, 'a').subarray(0, 9), spopStatus.timeout],
    ['silence', Buffer.alloc(0), spopStatus.normal],
    ['a DISCONNECT', frameOf(2, encodeKvList(new Map([['status-code', 0]]))), spopStatus.normal],
    ['a DISCONNECT without a reason', frameOf(2, Buffer.alloc(0)), spopStatus.normal],
  ])('after the HELLO: %s', async (_, bytes, status) => {
    expect(await lastWord(await connectGreeted(address), bytes)).toBe(status);
  });

  it('of an unknown type is skipped after the HELLO', async () => {
    const peer = await connectGreeted(address);
    peer.send(Buffer.concat([frameOf(50, some), frameOf(103, some), claim(9, 'a')]));
    expect(await peer.frame(1)).toMatchObject({ type: frameTypes.ack, frameId: 9n });
    peer.socket.destroy();
  });

  it('does not trouble another connection', async () => {
    bystander = await connectGreeted(address);
    bystander.send(claim(1, 'a'));
    await lastWord(await connectPeer(address), Buffer.alloc(9));
    bystander.send(claim(2, 'b'));
    expect(await bystander.frame(2)).toMatchObject({ type: frameTypes.ack, frameId: 2n });
    bystander.socket.destroy();
  });
});
