import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RuntimeClient } from './client.ts';
import { readInfo } from './info.ts';
import { RuntimeError } from './runtime-error.ts';
import { RealHaproxy } from './testing/real-haproxy.ts';

let haproxy: RealHaproxy;
beforeAll(async () => {
  haproxy = await RealHaproxy.start();
});
afterAll(() => haproxy[Symbol.asyncDispose]());

async function failureOf(work: Promise<unknown>): Promise<RuntimeError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof RuntimeError) return error;
  throw new Error(`expected a RuntimeError, got ${error}`);
}

describe('RuntimeClient', () => {
  it('reads pid, version and state of the worker', async () => {
    const info = await readInfo(haproxy.client);
    expect(info).toMatchObject({ stopping: false });
    expect(info.pid).toBeGreaterThan(1);
    expect(info.version.major).toBeGreaterThanOrEqual(2);
  });

  it('passes words on unchanged that the CLI would otherwise split or unescape', async () => {
    const rooms = haproxy.mapFile('rooms');
    for (const key of ['with space', 'semi;show info', 'back\\slash', '"quoted"', '%0a']) {
      await haproxy.client.run([['add', 'map', rooms, key, 'v']]);
      expect(await haproxy.client.ask([['get', 'map', rooms, key]])).toContain('value="v"');
    }
  });

  it('names the command and what HAProxy said when it refuses', async () => {
    const error = await failureOf(
      haproxy.client.run([['set', 'map', haproxy.mapFile('slots'), 'nobody', 'v']]),
    );
    expect(error.failure).toBe('refused');
    expect(error.message).toContain('nobody');
    expect(error.message).toContain('entry not found');
    expect((await failureOf(haproxy.client.run([['add', 'map', '/no/such.map', 'a', 'b']]))).failure).toBe(
      'refused',
    );
    expect((await failureOf(haproxy.client.run([['nonsense']]))).failure).toBe('refused');
  });

  it('refuses a batch in which one of several commands fails', async () => {
    const rooms = haproxy.mapFile('rooms');
    const error = await failureOf(
      haproxy.client.run([
        ['add', 'map', rooms, 'batch-a', 'v'],
        ['set', 'map', rooms, 'batch-none', 'v'],
        ['add', 'map', rooms, 'batch-b', 'v'],
      ]),
    );
    expect(error.failure).toBe('refused');
  });

  it('sends nothing that would mean something else to HAProxy', async () => {
    const before = (await readInfo(haproxy.client)).pid;
    for (const words of [['show', 'info\nshow map'], ['<<'], [''], ['x'.repeat(16_384)]]) {
      expect((await failureOf(haproxy.client.ask([words]))).failure).toBe('invalid');
    }
    expect((await readInfo(haproxy.client)).pid).toBe(before);
  });

  it('says unreachable, not unanswered, when there is no socket', async () => {
    const nobody = new RuntimeClient({ address: join(haproxy.directory, 'none.sock') });
    expect((await failureOf(nobody.ask([['show', 'info']]))).failure).toBe('unreachable');
  });

  it('gives up on a HAProxy that hangs, after the time-out and at once on abort', async () => {
    const { pid } = await readInfo(haproxy.client);
    process.kill(pid, 'SIGSTOP');
    try {
      const impatient = new RuntimeClient({ address: haproxy.client.address, timeoutMs: 100 });
      expect((await failureOf(impatient.ask([['show', 'info']]))).failure).toBe('unanswered');

      const stop = new AbortController();
      const stoppable = new RuntimeClient({ address: haproxy.client.address, signal: stop.signal });
      const began = performance.now();
      const failed = failureOf(stoppable.ask([['show', 'info']]));
      setTimeout(() => stop.abort(), 50);
      await failed;
      expect(performance.now() - began).toBeLessThan(2_000);
      await failureOf(stoppable.ask([['show', 'info']]));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });
});
