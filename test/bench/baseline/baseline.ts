import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { freePort } from '../../real/free-port.ts';
import { type HaproxyProcess, startHaproxy } from '../../real/haproxy.ts';

/** Where something listens. */
export interface Endpoint {
  host: string;
  port: number;
}

/** What the baseline routes to. Shards must answer `OPTIONS /` with 200-399 or 405, as the chart checks them. */
export interface BaselineOptions {
  shards: readonly ({ name: string } & Endpoint)[];
  /** An existing directory for the two configurations. */
  directory: string;
  /** `haproxy` unless given. */
  binary?: string;
}

/** Two running HAProxies that share a stick table by the peers protocol. */
export interface Baseline {
  readonly proxies: readonly Endpoint[];
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const names = ['haproxy-0', 'haproxy-1'];

/** Starts the routing that public deployments use today, to be measured beside ours. */
export async function startBaseline(options: BaselineOptions): Promise<Baseline> {
  const template = Handlebars.compile(readFileSync(new URL('baseline.cfg.hbs', import.meta.url), 'utf8'), {
    strict: true,
    noEscape: true,
  });
  const peers: ({ name: string } & Endpoint)[] = [];
  for (const name of names) peers.push({ name, host, port: await freePort() });
  const started: HaproxyProcess[] = [];
  const proxies: Endpoint[] = [];
  const stop = async () => {
    await Promise.all(started.map((proxy) => proxy.stop()));
  };
  try {
    for (const name of names) {
      const bind = { host, port: await freePort() };
      const configFile = join(options.directory, `${name}.cfg`);
      await writeFile(configFile, template({ bind, peers, shards: options.shards }));
      const binary = options.binary === undefined ? {} : { binary: options.binary };
      started.push(await startHaproxy({ configFile, args: ['-L', name], readyPort: bind.port, ...binary }));
      proxies.push(bind);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { proxies, stop };
}
