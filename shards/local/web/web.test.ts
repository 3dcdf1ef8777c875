import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { client, type Element, xml } from '@xmpp/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestProsody, type TestProsody } from '../prosody/test-prosody.ts';
import { startWeb } from './web.ts';

const signal = new AbortController().signal;

let prosody: TestProsody;
let jicofo: Server;
let url: string;

beforeAll(async () => {
  prosody = await startTestProsody();
  const port = await prosody.ports.port('web', { free: true });
  const jicofoPort = await prosody.ports.port('jicofo', { free: true });
  // Not a Jicofo: what is tested here is what nginx passes on.
  jicofo = createServer((request, response) => response.end(`${request.method} ${request.url}`));
  await once(jicofo.listen(jicofoPort, '127.0.0.1'), 'listening');
  // A `$` and a space in the path: neither is nginx's to interpret.
  const directory = join(prosody.directory, 'web $uri');
  const settings = { shard: 'eu-1', region: 'eu', domains: prosody.domains, directory, port, jicofoPort };
  await startWeb(prosody.processes, { ...settings, prosodyHttpPort: prosody.settings.httpPort }, signal);
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  jicofo.close();
  await prosody.close();
});

const bosh = `<body xmlns='http://jabber.org/protocol/httpbind' rid='1' to='meet.jitsi' hold='1' wait='5' ver='1.6'/>`;

describe('web server of a local shard', () => {
  it.each([
    ['/', 200],
    ['/room', 200],
    ['/acme/caf%C3%A9%20%0A;x?jwt=1', 200],
    ['/config.js?room=r', 200],
    ['/acme/config.js?room=r', 200],
    ['/about/health', 200],
    ['/http-bind?room=r', 200],
    ['/conference-request/v1?room=r', 200],
    ['/%00', 400],
  ])('names its shard and region in the answer to %s', async (path, status) => {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-jitsi-shard')).toBe('eu-1');
    expect(answer.headers.get('x-jitsi-region')).toBe('eu');
  });

  it('names its shard when what stands behind it is down', async () => {
    jicofo.close();
    jicofo.closeAllConnections();
    const answer = await fetch(`${url}/conference-request/v1`, { method: 'POST', body: '{}' });
    await once(jicofo.listen(prosody.ports.recorded('jicofo'), '127.0.0.1'), 'listening');
    expect(answer.status).toBe(502);
    expect(answer.headers.get('x-jitsi-shard')).toBe('eu-1');
  });

  it.each(['/http-bind', '/acme/http-bind', '/acme/emea/http-bind?room=a%20b'])(
    'passes BOSH on at %s',
    async (path) => {
      const answer = await fetch(url + path, { method: 'POST', body: bosh });
      expect(await answer.text()).toContain("from='meet.jitsi'");
    },
  );

  it.each(['/xmpp-websocket', '/acme/xmpp-websocket?room=r'])(
    'passes the websocket on at %s',
    async (path) => {
      const participant = client({ service: url.replace('http', 'ws') + path, domain: prosody.domains.main });
      participant.reconnect.stop();
      await participant.start();
      const ping = xml('iq', { type: 'get', to: 'meet.jitsi' }, xml('ping', { xmlns: 'urn:xmpp:ping' }));
      const answer: Element = await participant.iqCaller.request(ping, 5_000);
      expect(answer.attrs.type).toBe('result');
      await participant.stop();
    },
  );

  it('passes conference requests on with their query, without the tenant', async () => {
    const answer = await fetch(`${url}/acme/conference-request/v1?room=a%2Fb`, {
      method: 'POST',
      body: '{}',
    });
    expect(await answer.text()).toBe('POST /conference-request/v1?room=a%2Fb');
  });

  it('gives a script that sets the configuration', async () => {
    const script = await (await fetch(`${url}/config.js`)).text();
    const config = new Function(`${script}; return config`)();
    expect(config.hosts).toEqual({ domain: 'meet.jitsi', muc: 'muc.meet.jitsi' });
    expect(config.deploymentInfo).toEqual({ shard: 'eu-1', region: 'eu' });
  });

  it('keeps the census to itself', async () => {
    expect(await (await fetch(`${url}/room-census`)).text()).not.toContain('room_census');
  });
});
