import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../../common/time.ts';
import { xmppDomains } from '../../../shards/domains.ts';
import { LocalDriver } from '../../../shards/local/local-driver.ts';
import { PortBook } from '../../../shards/local/process/ports.ts';
import { ProcessDirectory } from '../../../shards/local/process/process-directory.ts';
import { probeJicofo } from '../../../shards/probes/jicofo.ts';
import { type ShardSpec, shardSpec } from '../../../shards/spec/schema.ts';
import { freePort } from '../../real/free-port.ts';

/** Where each proxy sends a room (safe name) that is not on eu-1: how a test makes them disagree. */
export type Routes = readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>];

/** Two real HAProxies with fixed routes before two real local shards, eu-1 and eu-2; no usher in between. */
export interface TwoProxies {
  /** `http://host:port` of both. */
  readonly proxies: readonly [string, string];
  /** Ends a proxy as a crash would. */
  kill(index: 0 | 1): Promise<void>;
  /** Starts it again, unless it runs. */
  launch(index: 0 | 1): Promise<void>;
  /** Ends a shard with its meetings. */
  removeShard(name: string): Promise<void>;
  /** Ends a shard's Prosody, and with it its meetings, and starts it again. */
  restartProsody(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts them. Rooms named `refused...` get 503 for their first two requests at each proxy. */
export async function startTwoProxies(routes: Routes = [{}, {}]): Promise<TwoProxies> {
  const directory = mkdtempSync(join(tmpdir(), 'usher-participants-'));
  const processes = new ProcessDirectory(directory);
  const ports = new PortBook(join(directory, 'ports.json'));
  const driver = new LocalDriver({
    directory: join(directory, 'shards'),
    processes,
    ports,
    domains: xmppDomains(),
  });
  const signal = new AbortController().signal;
  const webs: Record<string, string> = {};
  for (const name of ['eu-1', 'eu-2']) {
    const shard = await driver.ensure(specOf(name), signal);
    webs[name] = shard.web.replace('http://', '');
    await waitFor(async () => (await probeJicofo(shard.jicofo, signal)).ok || undefined, {
      timeoutMs: 20_000,
      describe: () => `${name} has no healthy Jicofo`,
    });
  }

  const children: (ChildProcess | undefined)[] = [];
  const addresses = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`] as const;
  const folder = (index: number) => join(directory, `proxy-${index}`);
  for (const index of [0, 1] as const) {
    mkdirSync(folder(index));
    const lines = Object.entries(routes[index]).map(([room, shard]) => `${room} ${shard}\n`);
    writeFileSync(join(folder(index), 'rooms.map'), lines.join(''));
    writeFileSync(join(folder(index), 'haproxy.cfg'), config(folder(index), addresses[index], webs));
  }

  const running = (index: number) => {
    const child = children[index];
    return child?.exitCode === null && child.signalCode === null ? child : undefined;
  };
  const kill = async (index: number) => {
    const child = running(index);
    if (!child) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const launch = async (index: 0 | 1) => {
    if (running(index)) return;
    children[index] = spawn('haproxy', ['-db', '-f', join(folder(index), 'haproxy.cfg')], {
      stdio: 'ignore',
    });
    await waitFor(() => fetch(`http://${addresses[index]}/about/health`).catch(() => undefined), {
      timeoutMs: 10_000,
      describe: () => `no HAProxy at ${addresses[index]}`,
    });
  };
  await Promise.all([launch(0), launch(1)]);
  return {
    proxies: [`http://${addresses[0]}`, `http://${addresses[1]}`],
    kill,
    launch,
    removeShard: (name) => driver.remove(name),
    async restartProsody(name) {
      await processes.stop(`${name}-prosody`, 0);
      await driver.ensure(specOf(name), signal);
    },
    async close() {
      await Promise.all([kill(0), kill(1)]);
      await Promise.all(processes.list().map(({ name }) => processes.stop(name, 0)));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function specOf(name: string): ShardSpec {
  return shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 1 } });
}

function config(folder: string, address: string, webs: Readonly<Record<string, string>>): string {
  const backends = Object.entries(webs).map(([name, web]) => `backend ${name}\n  server ${name} ${web}\n`);
  return `global
  maxconn 4000
defaults
  mode http
  timeout connect 2s
  timeout client 90s
  timeout server 90s
  timeout tunnel 1h
frontend participants
  bind ${address}
  acl refused url_param(room) -m beg refused
  http-request track-sc0 url_param(room) table counts if refused
  http-request return status 503 hdr Retry-After 1 if refused { sc0_http_req_cnt(counts) le 2 }
  use_backend %[url_param(room),map_str(${join(folder, 'rooms.map')},eu-1)]
backend counts
  stick-table type string len 64 size 1k store http_req_cnt
${backends.join('')}`;
}
