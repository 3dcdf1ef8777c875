import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { readInfo } from '../runtime/info.ts';
import { reload } from '../runtime/processes.ts';
import { addServer, listServers } from '../runtime/servers.ts';
import { RealHaproxy } from '../runtime/testing/real-haproxy.ts';
import { ServerSessions } from './server-sessions.ts';

const backend = 'shards';
let haproxy: RealHaproxy;
let shard: Server;

beforeAll(async () => {
  haproxy = await RealHaproxy.start();
  // Holds every request open, as a websocket is.
  shard = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(shard, 'listening');
});
afterAll(async () => {
  shard.closeAllConnections();
  shard.close();
  await haproxy[Symbol.asyncDispose]();
});

const sessionsOn = async (worker: RuntimeClient, name: string) =>
  (await listServers(worker, backend)).find((server) => server.name === name)?.sessions;

async function addServers(): Promise<void> {
  const address = `127.0.0.1:${(shard.address() as { port: number }).port}`;
  for (const name of ['a.1', 'b.1']) await addServer(haproxy.client, backend, { name, address });
}

/** True when the answer came, false when the session was cut. */
async function meet(name: string): Promise<{ end: Promise<boolean> }> {
  const before = (await sessionsOn(haproxy.client, name)) ?? 0;
  const end = fetch(`http://127.0.0.1:${haproxy.port}/shards?server=${name}`).then(
    ({ ok }) => ok,
    () => false,
  );
  const isThere = async () => ((await sessionsOn(haproxy.client, name)) === before + 1 ? true : undefined);
  await waitFor(isThere, { timeoutMs: 5_000, describe: () => `no session on ${name}` });
  return { end };
}

it('shuts the sessions of one server in every worker that serves, and nobody else’s', async () => {
  const sessions = new ServerSessions(
    backend,
    haproxy.client,
    haproxy.master,
    createLogger('test', 'silent'),
  );
  await addServers();
  const { pid } = await readInfo(haproxy.client);
  const [early, stays] = [await meet('a.1'), await meet('b.1')];
  await reload(haproxy.master);
  await addServers();
  const late = await meet('a.1');
  const old = haproxy.master.forWorker(pid);
  expect(await sessionsOn(old, 'a.1')).toBe(1);

  expect(await sessions.shut(['a.1', 'unheard.1'])).toBe(true);
  expect(await early.end).toBe(false);
  expect(await late.end).toBe(false);
  for (const worker of [old, haproxy.client]) expect(await sessionsOn(worker, 'a.1')).toBe(0);
  expect(await sessionsOn(old, 'b.1')).toBe(1);
  shard.closeAllConnections();
  await stays.end;
});

it('says so when HAProxy cannot be asked', async () => {
  const sessions = new ServerSessions(
    backend,
    haproxy.client,
    haproxy.master,
    createLogger('test', 'silent'),
  );
  await haproxy.kill();
  expect(await sessions.shut(['a.1'])).toBe(false);
  expect(await sessions.shut([])).toBe(true);
});
