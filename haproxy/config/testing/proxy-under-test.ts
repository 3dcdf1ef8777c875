import { createLogger } from '../../../common/log.ts';
import { freePort } from '../../../test/real/free-port.ts';
import { createSpoeServer, type SpoeServer } from '../../spoe/server.ts';
import type { Address } from '../address.ts';
import { renderProxyFiles } from '../render.ts';
import { proxySettings } from '../schema.ts';
import type { HaproxyVersion } from '../version.ts';
import { proxyDirectory, startHaproxy } from './running-haproxy.ts';
import { startShardWeb } from './shard-web.ts';

/** A real HAProxy with rendered files, two shards `eu-1.1` and `us-1.1` behind it and `dark-1.1` that nobody serves. */
export interface ProxyUnderTest {
  readonly port: number;
  readonly statsPort: number;
  readonly directory: string;
  /** Room keys that the agents were asked for, in order. */
  readonly asked: string[];
  readonly agents: readonly SpoeServer[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

/** What matters of a response. `shard` is empty when no shard answered. */
export interface Answer {
  status: number;
  shard: string;
  reason: string;
  retryAfter: string | null;
  headers: Headers;
  text: string;
}

/** What differs between tests. */
export interface ProxyUnderTestOptions {
  program: string;
  version: HaproxyVersion;
  /** Lines of each map. */
  maps: Readonly<Record<'rooms' | 'slots' | 'buckets' | 'tenants', readonly string[]>>;
  /** The agents' answer for a room key: a shard's incarnation, or undefined for a refusal. */
  claim?(room: string, tenant: string): Promise<string | undefined>;
  limits?: object;
}

/** Starts all of it; the proxy has one agent of its own and a neighbour's as backup. */
export async function startProxyUnderTest(options: ProxyUnderTestOptions): Promise<ProxyUnderTest> {
  const asked: string[] = [];
  const shards = { 'eu-1.1': await startShardWeb('eu-1'), 'us-1.1': await startShardWeb('us-1') };
  const ports = { ...mapValues(shards, ({ port }) => port), 'dark-1.1': await freePort() };
  const agents = [startAgent(options, asked), startAgent(options, asked)];
  const [spoe, neighbour] = await Promise.all(agents.map(({ address }) => address));
  if (spoe === undefined || neighbour === undefined) throw new Error('no agents');

  const directory = await proxyDirectory();
  const port = await freePort();
  const statsPort = await freePort();
  const settings = proxySettings.parse({
    name: 'proxy-1',
    bind: `127.0.0.1:${port}`,
    stats: `127.0.0.1:${statsPort}`,
    agent: { spoe: `127.0.0.1:${spoe.port}`, http: '127.0.0.1:1' },
    limits: options.limits ?? {},
  });
  const servers = Object.entries(ports).map(([name, at], i) => ({
    name,
    id: i + 1,
    host: '127.0.0.1',
    port: at,
    inService: true,
  }));
  const surroundings = { directory, haproxyVersion: options.version, servers, backupAgents: [neighbour] };
  const maps = Object.entries(options.maps).map(([name, lines]) => [`${name}.map`, `${lines.join('\n')}\n`]);
  const files = { ...renderProxyFiles(settings, surroundings), ...Object.fromEntries(maps) };
  const haproxy = await startHaproxy(options.program, directory, files, port);
  return {
    port,
    statsPort,
    directory,
    asked,
    agents: agents.map(({ server }) => server),
    get: (path, headers = {}) => get(`http://127.0.0.1:${port}${path}`, headers),
    async stop() {
      await haproxy.stop();
      await Promise.all([
        ...agents.map(({ server }) => server.close()),
        ...Object.values(shards).map((one) => one.stop()),
      ]);
    },
  };
}

function startAgent(
  { claim }: ProxyUnderTestOptions,
  asked: string[],
): { server: SpoeServer; address: Promise<Address> } {
  const server = createSpoeServer({
    log: createLogger('test', 'silent'),
    async handle({ args }) {
      const room = String(args.get('room'));
      asked.push(room);
      const shard = await claim?.(room, String(args.get('tenant')));
      return shard === undefined ? [] : [{ scope: 'transaction', name: 'shard', value: shard }];
    },
  });
  return { server, address: server.listen({ host: '127.0.0.1', port: 0 }) };
}

async function get(url: string, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  return {
    status: response.status,
    shard: response.headers.get('x-jitsi-shard') ?? '',
    reason: response.headers.get('x-usher-reason') ?? '',
    retryAfter: response.headers.get('retry-after'),
    headers: response.headers,
    text: await response.text(),
  };
}

function mapValues<K extends string, V, W>(record: Record<K, V>, value: (one: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries<V>(record).map(([key, one]) => [key, value(one)]));
}
