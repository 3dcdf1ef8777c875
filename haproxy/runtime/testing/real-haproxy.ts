import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../../common/time.ts';
import { freePort } from '../../../test/real/free-port.ts';
import { RuntimeClient } from '../client.ts';
import { readInfo } from '../info.ts';
import { listProcesses } from '../processes.ts';

const mapNames = ['rooms', 'slots', 'buckets', 'tenants'];

/** A HAProxy in a directory of its own, for tests and benches: the machine's, or the one USHER_HAPROXY names. */
export class RealHaproxy implements AsyncDisposable {
  readonly directory: string;
  readonly client: RuntimeClient;
  readonly master: RuntimeClient;
  readonly port: number;
  readonly #program: string;
  #child: ChildProcess | undefined;

  private constructor(directory: string, port: number, program: string) {
    this.directory = directory;
    this.port = port;
    this.#program = program;
    this.client = new RuntimeClient({ address: join(directory, 'runtime.sock') });
    this.master = new RuntimeClient({ address: join(directory, 'master.sock') });
  }

  /** A started master and worker with four empty maps and the backend `shards`. */
  static async start(program = process.env.USHER_HAPROXY ?? 'haproxy'): Promise<RealHaproxy> {
    const directory = await mkdtemp(join(tmpdir(), 'usher-haproxy-'));
    const haproxy = new RealHaproxy(directory, await freePort(), program);
    for (const name of mapNames) await writeFile(haproxy.mapFile(name), '');
    await writeFile(join(directory, 'haproxy.cfg'), haproxy.#config());
    await haproxy.launch();
    return haproxy;
  }

  mapFile(name: string): string {
    return join(this.directory, `${name}.map`);
  }

  /** Starts HAProxy over what is in the directory and waits until it answers. */
  async launch(): Promise<void> {
    const options = ['-W', '-S', this.master.address, '-f', join(this.directory, 'haproxy.cfg')];
    this.#child = spawn(this.#program, options, { stdio: 'ignore' });
    await waitFor(() => readInfo(this.client).catch(() => undefined), {
      timeoutMs: 10_000,
      describe: () => `HAProxy in ${this.directory} did not start`,
    });
  }

  /** Kills master and workers, as a crash would. */
  async kill(): Promise<void> {
    const workers = await listProcesses(this.master).catch(() => []);
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    for (const worker of workers) {
      if (worker.role !== 'master') killQuietly(worker.pid);
    }
  }

  /** What HAProxy finds in rooms.map for the room key `room`, `-` when it is not in it. */
  async look(room: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/?room=${room}`);
    await answer.text();
    return answer.headers.get('x-shard') ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  #config(): string {
    const uses = mapNames.map(
      (name) => `  http-request set-var(txn.${name}) url_param(room),map_str(${this.mapFile(name)},-)`,
    );
    return `global
  stats socket ${this.client.address} mode 600 level admin
  nbthread 1
  maxconn 500
defaults
  mode http
  timeout connect 1s
  timeout client 20s
  timeout server 20s
frontend test
  bind 127.0.0.1:${this.port}
${uses.join('\n')}
  use_backend shards if { path -m beg /shards }
  http-request return status 200 hdr x-shard %[var(txn.rooms)] if !{ path -m beg /shards }
backend shards
  use-server %[url_param(server)] if TRUE
`;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
