import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { freePort } from '../../test/real/free-port.ts';
import { connectRedis } from './connection.ts';
import { redisSettings } from './settings.ts';

let directory: string;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'usher-redis-'));
  stops = [];
});

afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  await rm(directory, { recursive: true });
});

async function start(args: readonly string[]): Promise<void> {
  const child = spawn('redis-server', [...args], { stdio: 'ignore', cwd: directory });
  stops.push(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null) await once(child, 'exit');
  });
}

/** Connects as a fleet file says it; the run_id of the Redis at the other end. */
async function reach(settings: object, timeoutMs = 8_000): Promise<string> {
  const connection = connectRedis(redisSettings.parse(settings), createLogger('test', 'silent'));
  stops.push(async () => connection.close());
  const runId = await waitFor(() => connection.runId(), { timeoutMs, describe: () => 'no connection' });
  await connection.redis.set('k', 'v');
  return runId;
}

describe('connectRedis', () => {
  it('logs in with user and password', async () => {
    const port = await freePort();
    const users = ['--user', 'default', 'off', '--user', 'usher', 'on', '>secret', '~*', '&*', '+@all'];
    await start(['--port', String(port), '--save', '', ...users]);
    const url = `redis://127.0.0.1:${port}`;
    expect(await reach({ url, username: 'usher', password: 'secret' })).toMatch(
      /^[0-9a-f]{40}\.[0-9a-f]{40}$/,
    );
    await expect(reach({ url, username: 'usher', password: 'wrong' }, 1_000)).rejects.toThrow(
      'no connection',
    );
  });

  it('speaks TLS, and trusts only the authority that it is given', async () => {
    const port = await freePort();
    const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate],
      ...subject,
    ]);
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    await start([
      '--port',
      '0',
      '--tls-port',
      String(port),
      '--tls-auth-clients',
      'no',
      '--save',
      '',
      ...files,
    ]);
    const url = `rediss://127.0.0.1:${port}`;
    expect(await reach({ url, tls: { ca: certificate } })).toMatch(/^[0-9a-f]{40}\.[0-9a-f]{40}$/);
    await expect(reach({ url, tls: true }, 1_000)).rejects.toThrow('no connection');
  });
});
