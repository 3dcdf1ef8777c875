import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { RuntimeError } from './runtime-error.ts';
import { addServer, listServers, removeServer, setServerState, shutdownSessions } from './servers.ts';
import { RealHaproxy } from './testing/real-haproxy.ts';

let haproxy: RealHaproxy;
let shard: Server;
let address: string;
beforeAll(async () => {
  haproxy = await RealHaproxy.start();
  // Answers /shards at once and holds /shards/hang open, as BOSH does.
  shard = createServer((request, response) => {
    if (!request.url?.includes('hang')) response.end('here');
  }).listen(0, '127.0.0.1');
  await once(shard, 'listening');
  const bound = shard.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  address = `127.0.0.1:${bound.port}`;
});
afterAll(async () => {
  shard.closeAllConnections();
  shard.close();
  await haproxy[Symbol.asyncDispose]();
});

async function statusThrough(server: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${haproxy.port}/shards?server=${server}`);
  await answer.text();
  return answer.status;
}

describe('servers', () => {
  it('adds a server that takes traffic at once, lists, closes, opens and removes it', async () => {
    expect(await statusThrough('eu-1.7')).toBe(503);
    await addServer(haproxy.client, 'shards', { name: 'eu-1.7', address, id: 107 });
    expect(await statusThrough('eu-1.7')).toBe(200);
    const listed = await listServers(haproxy.client, 'shards');
    expect(listed).toMatchObject([{ name: 'eu-1.7', id: 107, address, sessions: 0 }]);
    await setServerState(haproxy.client, 'shards', 'eu-1.7', 'maint');
    expect((await listServers(haproxy.client, 'shards'))[0]?.status).toBe('MAINT');
    expect(await statusThrough('eu-1.7')).toBe(503);
    await setServerState(haproxy.client, 'shards', 'eu-1.7', 'ready');
    expect(await statusThrough('eu-1.7')).toBe(200);
    await removeServer(haproxy.client, 'shards', 'eu-1.7');
    expect(await listServers(haproxy.client, 'shards')).toEqual([]);
    await removeServer(haproxy.client, 'shards', 'eu-1.7');
  });

  it('takes an IPv6 address, and lists it as it was given', async () => {
    const server = { name: 'eu-6.1', address: '[fd00::1]:8000' };
    await addServer(haproxy.client, 'shards', server);
    expect(await listServers(haproxy.client, 'shards')).toMatchObject([server]);
    await removeServer(haproxy.client, 'shards', server.name);
  });

  it('counts sessions, and removes a server that holds one', async () => {
    await addServer(haproxy.client, 'shards', { name: 'eu-2.1', address });
    const hanging = fetch(`http://127.0.0.1:${haproxy.port}/shards/hang?server=eu-2.1`).then(
      ({ ok }) => ok,
      () => false,
    );
    await waitFor(
      async () => ((await listServers(haproxy.client, 'shards'))[0]?.sessions === 1 ? true : undefined),
      {
        timeoutMs: 3_000,
        describe: () => 'the session is not counted',
      },
    );
    await removeServer(haproxy.client, 'shards', 'eu-2.1');
    expect(await listServers(haproxy.client, 'shards')).toEqual([]);
    expect(await hanging).toBe(false);
  });

  it('is refused for names that are taken or unknown', async () => {
    await addServer(haproxy.client, 'shards', { name: 'eu-3.1', address });
    const again = addServer(haproxy.client, 'shards', { name: 'eu-3.1', address });
    await expect(again).rejects.toThrow(RuntimeError);
    await expect(shutdownSessions(haproxy.client, 'shards', 'eu-9.9')).rejects.toThrow(/No such server/);
    await expect(listServers(haproxy.client, 'nowhere')).rejects.toThrow(RuntimeError);
    await removeServer(haproxy.client, 'shards', 'eu-3.1');
  });
});
