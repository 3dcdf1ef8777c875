import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import { unheardRejections } from '../../test/real/unheard-rejections.ts';
import { keepSession } from './xmpp-session.ts';

it('outlives a server that takes connections, says nothing, and then breaks them', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const unheard = unheardRejections();

  const ending = new AbortController();
  const { port } = server.address() as AddressInfo;
  const account = { host: '127.0.0.1', port, domain: 'auth.meet.jitsi', user: 'u', password: 'p' };
  const kept = keepSession(account, async () => undefined, ending.signal, createLogger('test', 'silent'));
  // Longer than the library waits for the stream to open.
  await sleep(2_500);
  for (const socket of sockets) socket.resetAndDestroy();
  await sleep(1_000);
  expect(sockets.length).toBeGreaterThan(0);
  expect(unheard).toEqual([]);
  ending.abort();
  for (const socket of sockets) socket.destroy();
  await kept;
});
