import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { connectRedis, type RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { freePort } from './free-port.ts';

/** A real Redis of a test's own, without persistence. */
export interface TestRedis {
  readonly url: string;
  readonly pid: number;
  /** A connection to it, closed by `stop`. */
  connect(options?: { blocking?: boolean }): Promise<RedisConnection>;
  stop(): Promise<void>;
}

/** Starts a redis-server on a free port; `args` are added to its command line. */
export async function startRedis(args: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  // A replica keeps what its primary sends in its working directory, whatever `save` says.
  const directory = await mkdtemp(join(tmpdir(), 'usher-redis-'));
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args],
    { stdio: 'ignore', cwd: directory },
  );
  const url = `redis://127.0.0.1:${port}`;
  const connections: RedisConnection[] = [];
  const log = createLogger('test', 'silent');
  const connect = async (options: { blocking?: boolean } = {}) => {
    const connection = connectRedis({ url, primary: 'usher', tls: false, replicas: 0 }, log, options);
    connections.push(connection);
    await waitFor(() => connection.runId(), { timeoutMs: 10_000, describe: () => `no Redis at ${url}` });
    return connection;
  };
  await connect();
  return {
    url,
    pid: child.pid ?? 0,
    connect,
    async stop() {
      for (const connection of connections) connection.close();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true });
    },
  };
}
