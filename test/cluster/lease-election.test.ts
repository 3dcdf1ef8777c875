import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CoordinationV1Api, CoreV1Api } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { createLeaseLock } from '../../orchestrator/leader/create-lease-lock.ts';
import { Election } from '../../orchestrator/leader/election.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { startRedis, type TestRedis } from '../real/redis.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

const program = fileURLToPath(new URL('./testing/candidate.ts', import.meta.url));
let controlPlane: ControlPlane;
let redis: TestRedis;
let connection: RedisConnection;
let children: ChildProcess[];
let file: string;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  const core = controlPlane.admin.makeApiClient(CoreV1Api);
  await core.createNamespace({ body: { metadata: { name: 'usher' } } });
});
afterAll(() => controlPlane.stop());

beforeEach(async () => {
  redis = await startRedis();
  children = [];
  file = join(controlPlane.directory, `work-${crypto.randomUUID()}`);
  connection = await redis.connect();
  await new StickTable(connection, 'test').bless(new Map());
});
afterEach(async () => {
  for (const child of children) await end(child, 'SIGKILL');
  await redis.stop();
  const leases = controlPlane.admin.makeApiClient(CoordinationV1Api);
  await leases.deleteNamespacedLease({ name: 'usher-leader', namespace: 'usher' });
});

function candidate(name: string, serverId: number): ChildProcess {
  const kubeconfig = join(controlPlane.directory, 'admin.kubeconfig');
  const args = [program, name, kubeconfig, redis.url, file, `${serverId}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(child);
  return child;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Who worked, in turn. Those who worked at once would stand there by turns. */
function turns(lines: readonly string[]): string[] {
  const names = lines.map((line) => line.split(' ')[0] ?? '');
  return names.filter((name, index) => name !== names[index - 1]);
}

const worked = () => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);

/** Whose records Redis took, in its own order. */
async function written(): Promise<string[]> {
  const entries = await connection.redis.xrange(redisKey('test', 'feed'), '-', '+');
  return entries.flatMap(([, fields]) => /"name":"(\w+)"/.exec(fields.join(' '))?.[1] ?? []);
}

const until = (what: string, is: () => boolean) =>
  waitFor(() => is() || undefined, { timeoutMs: 25_000, everyMs: 50, describe: () => what });

/** Who leads works before Redis knows it, and writes there only then. */
const untilWritten = (name: string) =>
  waitFor(async () => (turns(await written()).at(-1) === name ? true : undefined), {
    timeoutMs: 25_000,
    everyMs: 50,
    describe: () => `${name} does not write to Redis`,
  });

describe('Election by a Lease', () => {
  it('never has two at work, nor writing to Redis, when the leader is stopped and wakes up again', async () => {
    const one = candidate('one', 1);
    await until('one does not lead', () => turns(worked()).at(-1) === 'one');
    await untilWritten('one');
    const two = candidate('two', 2);
    await sleep(2_000);
    one.kill('SIGSTOP');
    const stoppedAt = performance.now();
    await until('two does not take over', () => turns(worked()).at(-1) === 'two');
    // The Lease's 8 s, less what had passed of them, and a standby's turn.
    expect(performance.now() - stoppedAt).toBeLessThan(11_000);
    one.kill('SIGCONT');
    await untilWritten('two');
    await sleep(2_500);
    const before = performance.now();
    await end(two, 'SIGTERM');
    await until('one does not lead again', () => turns(worked()).at(-1) === 'one');
    expect(performance.now() - before).toBeLessThan(3_000);
    await untilWritten('one');
    await end(one, 'SIGTERM');
    expect(turns(worked())).toEqual(['one', 'two', 'one']);
    expect(turns(await written())).toEqual(['one', 'two', 'one']);
  });

  it('ends its work while the API server hangs, and begins anew after it', async () => {
    const apiServer = new ProcessDirectory(controlPlane.directory)
      .list()
      .find(({ name }) => name === 'kube-apiserver');
    if (!apiServer) throw new Error('no API server runs');
    const { election, isAtWork, stop } = await own();
    await until('it does not lead', () => election.leads());
    const token = election.token();
    process.kill(apiServer.pid, 'SIGSTOP');
    try {
      const before = performance.now();
      await until('it still works', () => !isAtWork());
      expect(performance.now() - before).toBeLessThan(8_000);
      expect(() => election.assertLeads()).toThrow();
      expect(election.leader()).toBeUndefined();
    } finally {
      process.kill(apiServer.pid, 'SIGCONT');
    }
    await until('it does not lead again', () => election.leads());
    expect(Number(election.token())).toBeGreaterThan(Number(token));
    await stop();
  });

  it('goes on leading without Redis, and writes there again when it is back', async () => {
    const { election, stop } = await own();
    await until('it does not lead', () => election.leads());
    const token = election.token();
    process.kill(redis.pid, 'SIGSTOP');
    try {
      // Longer than the Lease lives.
      await sleep(10_000);
      expect(election.leads()).toBe(true);
      expect(() => election.assertLeads()).not.toThrow();
      expect(() => election.token()).toThrow('leads, but Redis does not know it yet');
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await until('Redis does not know it', () => !throws(() => election.token()));
    expect(election.token()).toBe(token);
    await stop();
  });

  /** A candidate in this process, over the same Redis. */
  async function own() {
    const self = { name: 'own', api: '127.0.0.1:1' };
    const lock = createLeaseLock('test', await redis.connect(), self, controlPlane.admin);
    const audit = { record: () => undefined };
    const election = new Election({ lock, self, audit, log: createLogger('test', 'silent') });
    const ending = new AbortController();
    let atWork = false;
    const done = election.run(async (leading) => {
      atWork = true;
      await sleep(600_000, leading);
      atWork = false;
    }, ending.signal);
    const stop = () => {
      ending.abort();
      return done;
    };
    return { election, isAtWork: () => atWork, stop };
  }
});

function throws(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}
