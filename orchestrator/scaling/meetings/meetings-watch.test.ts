import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Gate } from '../../../common/gate.ts';
import type { FollowedBridge } from '../../bridges/follow-bridges.ts';
import { bridge, people } from '../../bridges/testing/bridge.ts';
import { MeetingsWatch } from './meetings-watch.ts';

const never = new AbortController().signal;
let server: Server;
/** Room JIDs by bridge; a bridge that is not there says 404. */
let rooms: Record<string, string[]>;
let asked: string[];

beforeEach(async () => {
  [rooms, asked] = [{}, []];
  server = createServer((request, response) => {
    const [, name = '', what] = (request.url ?? '').split('/');
    asked.push(`${name}/${what}`);
    const conferences = rooms[name]?.map((jid, index) => [`m${index}`, { name: jid, endpoints: {} }]);
    if (conferences)
      response.end(JSON.stringify({ drain: false, conferences: Object.fromEntries(conferences) }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => server.close());

const at = (one: FollowedBridge) => {
  const { port } = server.address() as AddressInfo;
  return { ...one, rest: `http://127.0.0.1:${port}/${one.name}` };
};
const read = (watch: MeetingsWatch, ...bridges: FollowedBridge[]) =>
  watch.read(bridges.map(at), new Gate(4), never);

it('asks each bridge that carries anybody, and not again for a while', async () => {
  rooms = { a: ['x@conference.d', '[t]y@conference.d'], b: [] };
  const watch = new MeetingsWatch();
  const [a, b, idle] = [bridge('a', people(2)), bridge('b', people(2)), bridge('c')];
  await read(watch, a, b, idle);
  await read(watch, a, b, idle);
  expect(asked.toSorted()).toEqual(['a/debug', 'b/debug']);
  const bornAt = new Map([['t/y', 7]]);
  const census = { at: Date.now(), bornAt, rooms: new Set(['/x', 't/y']) };
  const began = watch.on(a, census, 99).map(({ startedMs }) => startedMs);
  expect(began).toEqual([expect.any(Number), 7]);
  expect(watch.on(idle, census, 99)).toEqual([]);
});

it('goes by how many there are where a bridge does not name them', async () => {
  const watch = new MeetingsWatch();
  await read(watch, bridge('a', { ...people(4), conferences: 2 }));
  expect(watch.on(bridge('a', { ...people(4), conferences: 2 }), undefined, 99)).toEqual([
    { startedMs: 99 },
    { startedMs: 99 },
  ]);
});

it('remembers since when a room is on a bridge', async () => {
  rooms = { a: ['x@conference.d'] };
  const watch = new MeetingsWatch(0);
  const a = bridge('a', people(2));
  await read(watch, a);
  const [first] = watch.on(a, undefined, 99);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await read(watch, a);
  expect(watch.on(a, undefined, 99)).toEqual([first]);
});
