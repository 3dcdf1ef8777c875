import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { reload } from '../runtime/processes.ts';
import { addServer } from '../runtime/servers.ts';
import { RealHaproxy } from '../runtime/testing/real-haproxy.ts';
import { shardsBackend } from './proxy-servers.ts';
import { reportSessions } from './report.ts';

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

it('counts sessions in every worker, those that a reload left behind too', async () => {
  const address = `127.0.0.1:${(shard.address() as { port: number }).port}`;
  const addServers = async () => {
    for (const name of ['a.1', 'b.1']) await addServer(haproxy.client, shardsBackend, { name, address });
  };
  const meet = async (name: string, expected: object) => {
    fetch(`http://127.0.0.1:${haproxy.port}/shards?server=${name}`).catch(() => undefined);
    await waitFor(
      async () => {
        const { sessions } = await reportSessions(haproxy.master);
        return JSON.stringify(sessions) === JSON.stringify(expected) || undefined;
      },
      { timeoutMs: 5_000, describe: () => `not ${JSON.stringify(expected)}` },
    );
  };
  await addServers();
  expect(await reportSessions(haproxy.master)).toEqual({ sessions: { 'a.1': 0, 'b.1': 0 } });
  await meet('a.1', { 'a.1': 1, 'b.1': 0 });
  await reload(haproxy.master);
  await addServers();
  await meet('a.1', { 'a.1': 2, 'b.1': 0 });
  await meet('b.1', { 'a.1': 2, 'b.1': 1 });
});

it('says nothing of a HAProxy that cannot be asked', async () => {
  await haproxy.kill();
  await expect(reportSessions(haproxy.master)).rejects.toThrow();
});
