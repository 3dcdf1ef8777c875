import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { awaitEmpty } from './await-empty.ts';
import { listProcesses, reload } from './processes.ts';
import { RealHaproxy } from './testing/real-haproxy.ts';

const quietMs = 400;
const log = createLogger('test', 'silent');
let haproxy: RealHaproxy;
const clients: Socket[] = [];

beforeEach(async () => {
  haproxy = await RealHaproxy.start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await haproxy[Symbol.asyncDispose]();
});

/** A connection that says nothing, as a websocket between two messages. */
async function client(): Promise<Socket> {
  const socket = connect(haproxy.port, '127.0.0.1');
  clients.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** Whether the wait is over, in the course of things. */
function start(signal = new AbortController().signal): { over: boolean; end: Promise<void> } {
  const { master } = haproxy;
  const wait = { over: false, end: Promise.resolve() };
  wait.end = awaitEmpty({ master, frontend: 'test', quietMs, everyMs: 50, log }, signal).then(() => {
    wait.over = true;
  });
  return wait;
}

describe('awaitEmpty', () => {
  it('ends when nobody has been there for a while, and not before', async () => {
    const before = performance.now();
    await start().end;
    expect(performance.now() - before).toBeGreaterThanOrEqual(quietMs);
  });

  it('waits for who is connected to a worker that a reload left behind, and for who comes later', async () => {
    const first = await client();
    await reload(haproxy.master);
    expect((await listProcesses(haproxy.master)).map(({ role }) => role)).toContain('old');
    const wait = start();
    await sleep(2 * quietMs);
    expect(wait.over).toBe(false);
    const later = await client();
    first.destroy();
    await sleep(2 * quietMs);
    expect(wait.over).toBe(false);
    later.destroy();
    await wait.end;
  });

  it('ends with HAProxy, and with the signal', async () => {
    await client();
    const controller = new AbortController();
    const aborted = start(controller.signal);
    const gone = start();
    controller.abort();
    await aborted.end;
    await haproxy.kill();
    await waitFor(() => gone.over || undefined, { timeoutMs: 10_000, describe: () => 'still waits' });
  });
});
