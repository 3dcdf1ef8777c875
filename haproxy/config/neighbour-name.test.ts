import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { freePort } from '../../test/real/free-port.ts';
import { createSpoeServer, type SpoeServer } from '../spoe/server.ts';
import { renderProxyFiles } from './render.ts';
import { proxySettings } from './schema.ts';
import { type DnsServer, startDnsServer } from './testing/dns-server.ts';
import { proxyDirectory, startHaproxy } from './testing/running-haproxy.ts';
import { type ShardWeb, startShardWeb } from './testing/shard-web.ts';
import { testHaproxies } from './testing/versions.ts';
import type { HaproxyVersion } from './version.ts';

const neighbour = 'proxy-1.proxies.usher.svc.cluster.local';
let dns: DnsServer;
let shard: ShardWeb;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  dns = await startDnsServer();
  shard = await startShardWeb('eu-1');
  stops = [() => dns.stop(), () => shard.stop()];
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** The neighbour's agent in a pod of this address; it seats every room on eu-1.1. */
async function startAgent(host: string, port: number, asked: string[]): Promise<SpoeServer> {
  const server = createSpoeServer({
    log: createLogger('test', 'silent'),
    async handle() {
      asked.push(host);
      return [{ scope: 'transaction', name: 'shard', value: 'eu-1.1' }];
    },
  });
  await server.listen({ host, port });
  stops.push(() => server.close());
  return server;
}

/** A HAProxy without an agent of its own, whose neighbour's is known by name; returns its port. */
async function startProxy(program: string, haproxyVersion: HaproxyVersion, spoe: number): Promise<number> {
  const [port, directory] = [await freePort(), await proxyDirectory()];
  const settings = proxySettings.parse({
    name: 'proxy-0',
    bind: `127.0.0.1:${port}`,
    stats: `127.0.0.1:${await freePort()}`,
    agent: { spoe: `127.0.0.1:${await freePort()}`, http: '127.0.0.1:1' },
  });
  const servers = [{ name: 'eu-1.1', id: 1, host: '127.0.0.1', port: shard.port, inService: true }];
  const backupAgents = [{ host: neighbour, port: spoe }];
  const files = renderProxyFiles(settings, { directory, haproxyVersion, servers, backupAgents });
  // Stands in /etc/resolv.conf in a pod.
  const nameserver = `nameserver test 127.0.0.1:${dns.port}`;
  const maps = { 'rooms.map': '', 'slots.map': 'eu-1.1 eu-1.1\n', 'buckets.map': '', 'tenants.map': '' };
  const configuration = files['haproxy.cfg'].replace('parse-resolv-conf', nameserver);
  const haproxy = await startHaproxy(
    program,
    directory,
    { ...files, ...maps, 'haproxy.cfg': configuration },
    port,
  );
  stops.push(() => haproxy.stop());
  return port;
}

async function shardOf(port: number, room: string): Promise<string> {
  const { headers } = await fetch(`http://127.0.0.1:${port}/http-bind?room=${room}`);
  return headers.get('x-jitsi-shard') ?? `none: ${headers.get('x-usher-reason')}`;
}

describe.each(await testHaproxies())(
  "$title, with a neighbour's agent known by name",
  ({ program, version }) => {
    it.skipIf(!version)(
      'starts before the name is known, asks once it is, and follows it to another address',
      async () => {
        if (version === undefined) return;
        const asked: string[] = [];
        const spoe = await freePort();
        const port = await startProxy(program, version, spoe);
        expect(await shardOf(port, 'early')).toBe('none: bucket-unknown');

        const answered = (host: string) =>
          waitFor(
            async () => {
              const found = await shardOf(port, crypto.randomUUID());
              return found === 'eu-1' && asked.at(-1) === host ? true : undefined;
            },
            { timeoutMs: 8_000, describe: () => `the agent at ${host} is not asked; asked: ${asked}` },
          );
        const before = await startAgent('127.0.0.2', spoe, asked);
        dns.names.set(neighbour, '127.0.0.2');
        await answered('127.0.0.2');

        await before.close();
        await startAgent('127.0.0.3', spoe, asked);
        dns.names.set(neighbour, '127.0.0.3');
        await answered('127.0.0.3');
      },
    );
  },
);
