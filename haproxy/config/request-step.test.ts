import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketOf } from '../room-key/room-key.ts';
import { RuntimeClient } from '../runtime/client.ts';
import { addEntries } from '../runtime/map-write.ts';
import { addServer, removeServer } from '../runtime/servers.ts';
import { type ProxyUnderTest, startProxyUnderTest } from './testing/proxy-under-test.ts';
import { startShardWeb } from './testing/shard-web.ts';
import { testHaproxies } from './testing/versions.ts';

const maps = {
  rooms: [
    '/seated eu-1.1',
    'acme/seated us-1.1',
    '/dead gone-1.1',
    '/ended ?',
    '/dark dark-1.1',
    '/lost lost-1.1',
  ],
  // The server lost-1.1 is in no configuration, as after a reload with files of different ages.
  slots: ['eu-1.1 eu-1.1', 'us-1.1 us-1.1', 'dark-1.1 dark-1.1', 'lost-1.1 lost-1.1'],
  buckets: [
    `main/${bucketOf('/new')} eu-1.1`,
    `main/${bucketOf('/raced')} eu-1.1`,
    `main/${bucketOf('/claimed')} eu-1.1`,
    `main/${bucketOf('/dead')} eu-1.1`,
    `main/${bucketOf('/ended')} eu-1.1`,
    `main/${bucketOf('/held')} !eu-1.1`,
    `main/${bucketOf('/down')} gone-1.1`,
    `main/${bucketOf('acme/new')} eu-1.1`,
    `premium/${bucketOf('acme/new')} us-1.1`,
  ],
  tenants: ['acme premium'],
};

describe.each(await testHaproxies())('the request step on $title', ({ program, version }) => {
  let proxy: ProxyUnderTest;

  beforeAll(async () => {
    if (version === undefined) return;
    proxy = await startProxyUnderTest({
      program,
      version,
      maps,
      async claim(room) {
        if (room === '/claimed') return 'us-1.1';
        if (room === '/nowhere') return 'gone-1.1';
        // The feed overtakes the claim: another proxy seats the room while the agent is asked here.
        if (room === '/raced') await seat(proxy, '/raced', 'us-1.1');
        if (room === '/slow') await new Promise((resolve) => setTimeout(resolve, 1_000));
        return undefined;
      },
    });
  });
  afterAll(() => proxy?.stop());

  describe.skipIf(!version)('with agents', () => {
    it.each([
      ['/http-bind?room=Seated', 'eu-1'],
      ['/xmpp-websocket?room=seated', 'eu-1'],
      ['/acme/conference-request/v1?room=seated', 'us-1'],
      ['/acme/config.js?room=seated', 'us-1'],
      ['/acme/Seated', 'us-1'],
    ])('%s goes to the seat, asking nobody', async (path, shard) => {
      const before = proxy.asked.length;
      expect(await proxy.get(path)).toMatchObject({ status: 200, shard });
      expect(proxy.asked.length).toBe(before);
    });

    it.each([
      ['/http-bind?room=claimed', 'us-1', 'the claim gives, not its bucket'],
      ['/http-bind?room=raced', 'us-1', 'the second look-up finds, when the claim is refused'],
      ['/http-bind?room=new', 'eu-1', 'its bucket prefers, when the claim is refused'],
      ['/acme/http-bind?room=new', 'us-1', 'its bucket prefers in its pool'],
      ['/new', 'eu-1', 'a page would be seated on'],
      ['/acme/new', 'us-1', 'a page would be seated on in its pool'],
    ])('%s goes to %s: the shard that %s', async (path, shard) => {
      expect(await proxy.get(path)).toMatchObject({ status: 200, shard });
    });

    it.each([
      ['/http-bind?room=nowhere', 'shard-not-here'],
      ['/http-bind?room=dead', 'seat-out-of-service'],
      ['/http-bind?room=ended', 'seat-out-of-service'],
      ['/http-bind?room=held', 'bucket-held'],
      ['/http-bind?room=down', 'bucket-out-of-service'],
      ['/http-bind?room=unheard-of', 'bucket-unknown'],
      ['/http-bind?room=dark', 'shard-unreachable'],
      ['/http-bind?room=lost', 'server-unknown'],
      ['/lost', 'server-unknown'],
    ])('%s is refused for now: %s', async (path, reason) => {
      const answer = await proxy.get(path);
      expect(answer).toMatchObject({ status: 503, shard: '', reason });
      expect(Number(answer.retryAfter)).toBeGreaterThan(0);
    });

    it.each([
      '/http-bind',
      '/xmpp-websocket?room=',
      '/acme/conference-request/v1?Room=x',
      '/http-bind?room=a%00',
    ])('%s is refused for good', async (path) => {
      const answer = await proxy.get(path);
      expect(answer).toMatchObject({ status: 400, reason: 'no-room' });
      expect(answer.text).toContain('?room=NAME');
    });

    it.each(['/', '/static/close.html', '/config.js', '/dead', '/held', '/acme/'])(
      '%s is a page that any shard has, and nobody is asked',
      async (path) => {
        const before = proxy.asked.length;
        // Balanced over three servers, of which one answers to nobody.
        for (let i = 0; i < 3; i++) expect(await proxy.get(path)).toMatchObject({ status: 200 });
        expect(proxy.asked.length).toBe(before);
      },
    );

    it('waits for a slow claim no longer than its limit', async () => {
      const start = performance.now();
      expect(await proxy.get('/http-bind?room=slow')).toMatchObject({
        status: 503,
        reason: 'bucket-unknown',
      });
      expect(performance.now() - start).toBeLessThan(700);
    });

    it('takes a server while it runs, and scatters no room when one is gone', async () => {
      const web = await startShardWeb('ap-1');
      const runtime = new RuntimeClient({ address: join(proxy.directory, 'runtime.sock') });
      await addServer(runtime, 'shards', { name: 'ap-1.1', address: `127.0.0.1:${web.port}`, id: 99 });
      await addEntries(runtime, join(proxy.directory, 'slots.map'), [['ap-1.1', 'ap-1.1']]);
      await seat(proxy, '/late', 'ap-1.1');
      expect(await proxy.get('/http-bind?room=late')).toMatchObject({ status: 200, shard: 'ap-1' });
      await removeServer(runtime, 'shards', 'ap-1.1');
      await removeServer(runtime, 'shards', 'dark-1.1');
      for (const room of ['late', 'dark']) {
        const answer = await proxy.get(`/http-bind?room=${room}`);
        expect(answer).toMatchObject({ status: 503, reason: 'server-unknown' });
      }
      await web.stop();
    });
  });

  describe.skipIf(!version)('with its own agent gone, then both', () => {
    it('asks the neighbour', async () => {
      await proxy.agents[0]?.close();
      // The first request may meet the dead connection.
      await proxy.get('/http-bind?room=claimed');
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(await proxy.get('/http-bind?room=claimed')).toMatchObject({ shard: 'us-1' });
    });

    it('falls back on the bucket alone, at once', async () => {
      await proxy.agents[1]?.close();
      await proxy.get('/http-bind?room=new');
      const start = performance.now();
      expect(await proxy.get('/http-bind?room=claimed')).toMatchObject({ status: 200, shard: 'eu-1' });
      expect(await proxy.get('/http-bind?room=held')).toMatchObject({ status: 503, reason: 'bucket-held' });
      expect(await proxy.get('/http-bind?room=seated')).toMatchObject({ status: 200, shard: 'eu-1' });
      expect(performance.now() - start).toBeLessThan(2_000);
    });
  });
});

async function seat({ directory }: ProxyUnderTest, room: string, incarnation: string): Promise<void> {
  const runtime = new RuntimeClient({ address: join(directory, 'runtime.sock') });
  await addEntries(runtime, join(directory, 'rooms.map'), [[room, incarnation]]);
}
