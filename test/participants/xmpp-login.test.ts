import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { sleep } from '../../common/time.ts';
import { unheardRejections } from '../real/unheard-rejections.ts';
import { ProxyChoice } from './proxy-choice.ts';
import { logIn } from './xmpp-login.ts';

it('says why a stream could not be opened, and leaves nothing that rejects unheard', async () => {
  const server = createServer((_, answer) => answer.writeHead(404).end());
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const unheard = unheardRejections();
  const choice = new ProxyChoice([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]);
  const route = { choice, target: '/http-bind', agent: new Agent() };
  const loggedIn = logIn('bosh', route, 'meet.jitsi', AbortSignal.timeout(5_000));
  await expect(loggedIn).rejects.toThrow('404');
  await sleep(50);
  expect(unheard).toEqual([]);
});
