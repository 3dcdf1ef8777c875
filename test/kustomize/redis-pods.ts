import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from '../../common/time.ts';
import { type RedisSettings, redisSettings } from '../../haproxy/stick-table/settings.ts';
import { freePort } from '../real/free-port.ts';

const scripts = fileURLToPath(new URL('../../kustomize/base/usher/redis', import.meta.url));

/** A container of a pod of Redis. */
export type Container = 'node' | 'sentinel';

/** What the StatefulSet `redis` runs, by the scripts of its containers, on addresses of loopback. */
export class RedisPods implements AsyncDisposable {
  /** The pods' names, each also its address. */
  readonly names: readonly string[];
  readonly password = 'a "b" \\c';
  readonly settings: RedisSettings;
  readonly #directory: string;
  readonly #ports: { node: number; sentinel: number };
  readonly #running = new Map<string, ChildProcess>();

  private constructor(directory: string, ports: { node: number; sentinel: number }) {
    const net = `127.${1 + Math.floor(Math.random() * 254)}.${Math.floor(Math.random() * 255)}`;
    this.names = [1, 2, 3].map((host) => `${net}.${host}`);
    this.#directory = directory;
    this.#ports = ports;
    this.settings = redisSettings.parse({
      sentinels: this.names.map((host) => ({ host, port: ports.sentinel })),
      password: this.password,
      sentinelPassword: this.password,
    });
  }

  /** Three pods that are about to start, all at once. */
  static async create(): Promise<RedisPods> {
    const directory = await mkdtemp(join(tmpdir(), 'usher-redis-pods-'));
    const pods = new RedisPods(directory, { node: await freePort(), sentinel: await freePort() });
    await Promise.all(pods.names.map((name) => pods.startPod(name)));
    return pods;
  }

  address(host: string): { host: string; port: number } {
    return { host, port: this.#ports.node };
  }

  async startPod(name: string): Promise<void> {
    await mkdir(join(this.#directory, name), { recursive: true });
    this.start(name, 'sentinel');
    this.start(name, 'node');
  }

  /** Both containers, and all that they had written. */
  async removePod(name: string): Promise<void> {
    await Promise.all([this.kill(name, 'node'), this.kill(name, 'sentinel')]);
    await rm(join(this.#directory, name), { recursive: true, force: true });
  }

  start(name: string, container: Container): void {
    const child = spawn('sh', [join(scripts, `${container}.sh`)], {
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        POD_NAME: name,
        PODS: this.names.join(' '),
        LISTEN: name,
        REDIS_PORT: String(this.#ports.node),
        SENTINEL_PORT: String(this.#ports.sentinel),
        DIRECTORY: join(this.#directory, name),
        REDIS_PASSWORD: this.password,
      },
    });
    this.#running.set(`${container} ${name}`, child);
  }

  async kill(name: string, container: Container): Promise<void> {
    const child = this.#running.get(`${container} ${name}`);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.names.map((name) => this.removePod(name)));
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/**
 * Some 5 s. Now and then no Sentinel is elected, and they try again after 20 s: twice failover-timeout. One that
 * follows the old primary is told of the new one after 12 s.
 */
export const wholeWithinMs = 50_000;

/** What `probe` gives in the end; failures of it are passed over. */
export function eventually<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  return waitFor(() => probe().catch(() => undefined), {
    timeoutMs: wholeWithinMs,
    everyMs: 200,
    describe: () => `not ${what}`,
  });
}
