import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readBridgeConferences } from './bridge-conferences.ts';

let server: Server;
afterEach(() => server.close());

test.each([
  // As JVB 2.3 of 2026 says it, without `full`.
  [
    200,
    '{"drain":false,"conferences":{"a1":{"id":"a1","rtcstatsEnabled":true,"name":"x@conference.d","endpoints":{"e":null},"relays":{}},"a2":{"id":"a2"}}}',
    { ok: true, rooms: ['x@conference.d'] },
  ],
  [200, '{"conferences":{}}', { ok: true, rooms: [] }],
  [200, '{"conferences":[1]}', { ok: false, reason: expect.stringContaining("not a bridge's state") }],
  [200, '<', { ok: false, reason: expect.stringContaining('not JSON') }],
  [404, '', { ok: false, reason: expect.stringContaining('status 404') }],
])('status %i with %s', async (status, body, expected) => {
  server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const said = await readBridgeConferences(`http://127.0.0.1:${port}`, new AbortController().signal);
  expect(said).toMatchObject(expected);
});
