import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProxyUnderTest, startProxyUnderTest } from './testing/proxy-under-test.ts';
import { testHaproxies } from './testing/versions.ts';

const maps = { rooms: ['/seated eu-1.1'], slots: ['eu-1.1 eu-1.1'], buckets: [], tenants: [] };
const limits = { rate: { requests: 8, perMs: 60_000 }, headersMs: 300, headers: 20 };

describe.each(await testHaproxies())('limits and surroundings on $title', ({ program, version }) => {
  let proxy: ProxyUnderTest;

  beforeAll(async () => {
    if (version !== undefined) proxy = await startProxyUnderTest({ program, version, maps, limits });
  });
  afterAll(() => proxy?.stop());

  describe.skipIf(!version)('with a seated room', () => {
    it('lets pages of other origins read the shard, on responses that name one', async () => {
      const [seated, refused] = [await proxy.get('/seated'), await proxy.get('/http-bind')];
      expect(seated.headers.get('access-control-expose-headers')).toBe('X-Jitsi-Shard, X-Jitsi-Region');
      expect(refused.headers.get('access-control-expose-headers')).toBeNull();
    });

    it('passes websockets on', async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}/xmpp-websocket?room=seated`);
      const [message] = await once(socket, 'message', { signal: AbortSignal.timeout(5_000) });
      expect(message.data).toBe('eu-1');
      socket.close();
    });

    it('shows statistics and Prometheus metrics on a port of their own', async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${proxy.statsPort}/metrics`)).text();
      expect(metrics).toContain('haproxy_server_status{proxy="shards",server="eu-1.1"');
      const page = await (await fetch(`http://127.0.0.1:${proxy.statsPort}/`)).text();
      expect(page).toContain('eu-1.1');
      expect((await proxy.get('/metrics')).text).not.toContain('haproxy_');
    });

    it('takes 8 kB of headers, but not 20 kB nor too many', async () => {
      expect(await proxy.get('/seated', { 'X-Long': 'x'.repeat(8_000) })).toMatchObject({ status: 200 });
      expect(await proxy.get('/seated', { 'X-Long': 'x'.repeat(20_000) })).toMatchObject({ shard: '' });
      const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`X-${i}`, 'x']));
      expect(await proxy.get('/seated', many)).toMatchObject({ status: 400 });
    });

    it('gives a client that dawdles over its headers up', async () => {
      const start = performance.now();
      expect(await raw(proxy.port, 'GET /seated HTTP/1.1\r\nHost: m\r\nX-Slow: ')).toMatch(
        /^HTTP\/1\.1 408 /,
      );
      expect(performance.now() - start).toBeLessThan(2_000);
    });

    // Last: it uses this address up.
    it('refuses signalling of one address above the rate, and pages never', async () => {
      const answers = [];
      for (let i = 0; i < 12; i++) answers.push(await proxy.get('/http-bind?room=seated'));
      expect(answers[0]).toMatchObject({ status: 200 });
      expect(answers.at(-1)).toMatchObject({ status: 429, reason: 'rate', retryAfter: '5' });
      expect(await proxy.get('/seated')).toMatchObject({ status: 200 });
    });
  });
});

/** What comes back on a connection until it closes. */
async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1').write(request);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
  return answer;
}
