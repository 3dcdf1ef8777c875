import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { frameTypes } from './frame.ts';
import { createSpoeServer } from './server.ts';
import { claim, connectGreeted, connectPeer, frameOf, hello } from './testing/peer.ts';

const server = createSpoeServer({
  log: createLogger('test', 'silent'),
  handle: async () => [{ scope: 'transaction', name: 'shard', value: 'eu-1.1' }],
});
afterAll(() => server.close());

const rubbish = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const frame = fc
  .tuple(
    fc.constantFrom(0, 1, 2, 3, 3, 3, 50, 101, 102, 103),
    fc.constantFrom(1, 1, 1, 0, 3, 0xffff),
    rubbish,
  )
  .map(([type, flags, payload]) => frameOf(type, payload, { flags, frameId: 1n }));
/** A good frame with one byte changed. */
const damaged = fc
  .tuple(fc.constantFrom(hello(), claim(1, 'room'), hello({ healthcheck: true })), fc.nat(), fc.nat(255))
  .map(([good, at, byte]) => {
    const bytes = Buffer.from(good);
    bytes[at % bytes.length] = byte;
    return bytes;
  });

describe('random bytes', () => {
  it('never stop the server from answering others', async () => {
    const { host, port } = await server.listen({ host: '127.0.0.1', port: 0 });
    const bystander = await connectGreeted({ host, port });
    let sent = 0;
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.oneof(rubbish, frame, damaged), { minLength: 1, maxLength: 12 }),
        async (greeted, frames) => {
          const peer = await connectPeer({ host, port });
          peer.send(Buffer.concat(greeted ? [hello(), ...frames] : frames));
          sent += frames.length;
          asked += 1;
          bystander.send(claim(asked, 'a'));
          const ack = await bystander.frame(asked);
          peer.socket.destroy();
          expect(ack).toMatchObject({ type: frameTypes.ack, frameId: BigInt(asked) });
          expect(ack.payload.includes('eu-1.1')).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
    expect(sent).toBeGreaterThan(4000);
    expect(bystander.closed).toBe(false);
    bystander.socket.destroy();
  });
});
