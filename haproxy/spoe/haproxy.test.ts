import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { freePort } from '../../test/real/free-port.ts';
import { type HaproxyProcess, startHaproxy } from '../../test/real/haproxy.ts';
import type { SpoeHandler } from './answer-notify.ts';
import { createSpoeServer, type SpoeServer } from './server.ts';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'usher/haproxy/*/haproxy');
const binaries = ['haproxy', ...globSync(cache)].map((binary) => {
  const version = /version (\d+)\.(\d+)\S*/.exec(execFileSync(binary, ['-v'], { encoding: 'utf8' }));
  return {
    binary,
    text: version?.[0] ?? '?',
    modeSpop: Number(version?.[1]) * 100 + Number(version?.[2]) > 300,
  };
});

const log = createLogger('test', 'silent');

/** Answers `room` after as many milliseconds as its name ends with; `refuse` and `late` as they say. */
const handle: SpoeHandler = async ({ name, args }) => {
  const room = String(args.get('room'));
  if (name !== 'claim' || room.startsWith('refuse')) return [];
  await sleep(room.startsWith('late') ? 2000 : Number(room.split('-').at(-1)));
  return [{ scope: 'transaction', name: 'shard', value: `seat-of-${room}` }];
};

describe.each(binaries)('with HAProxy $text', ({ binary, modeSpop }) => {
  let directory: string;
  let haproxy: HaproxyProcess;
  let server: SpoeServer;
  let spoePort: number;
  let port: number;

  const startAgent = async () => {
    server = createSpoeServer({ handle, log, handleTimeoutMs: 400 });
    await server.listen({ host: '127.0.0.1', port: spoePort });
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'usher-spoe-'));
    [port, spoePort] = [await freePort(), await freePort()];
    const configFile = join(directory, 'haproxy.cfg');
    await writeFile(configFile, configuration(port, spoePort, directory, modeSpop));
    await writeFile(join(directory, 'spoe.conf'), spoe);
    await startAgent();
    haproxy = await startHaproxy({ binary, configFile, readyPort: port });
    await waitFor(async () => (await seat(`x-0`)) || undefined, {
      timeoutMs: 10_000,
      describe: () => 'no answer',
    });
  });

  afterAll(async () => {
    await haproxy?.stop();
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** The shard HAProxy got for `room`, empty when none. */
  async function seat(room: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${port}/?room=${room}`);
    const text = await response.text();
    return text === '-' ? '' : text;
  }

  it('gives every request its own answer, whatever their order', async () => {
    const rooms = Array.from({ length: 300 }, (_, index) => `r${index}-${(index * 37) % 60}`);
    const seats = await Promise.all(rooms.map(seat));
    expect(seats).toEqual(rooms.map((room) => `seat-of-${room}`));
    expect(server.stats).toMatchObject({
      handlerFailures: 0,
      handlerTimeouts: 0,
      peerErrors: 0,
      inFlight: 0,
    });
    if (!modeSpop) expect(server.stats.connections).toBeLessThan(4);
  });

  it('gets no variable from a refusal, and goes on', async () => {
    expect(await seat('refuse-1')).toBe('');
    expect(await seat('a-1')).toBe('seat-of-a-1');
  });

  it('gets an ACK without actions from a late handler, and keeps the connection', async () => {
    const started = performance.now();
    expect(await seat('late-1')).toBe('');
    expect(performance.now() - started).toBeLessThan(900);
    expect(await seat('a-2')).toBe('seat-of-a-2');
    expect(server.stats).toMatchObject({ handlerTimeouts: 1, peerErrors: 0 });
  });

  it('carries what a URL may hold', async () => {
    const room = `%C3%A9%20${'x'.repeat(3000)}-0`;
    expect(await seat(room)).toBe(`seat-of-${room}`);
  });

  it('passes health checks', async () => {
    const before = server.stats.healthchecks;
    await waitFor(() => server.stats.healthchecks > before + 3 || undefined, {
      timeoutMs: 5000,
      describe: () => 'no health checks',
    });
    expect(server.stats.peerErrors).toBe(0);
  });

  it('finds the agent again after a restart that cut nothing short', async () => {
    const under = Promise.all(Array.from({ length: 20 }, (_, index) => seat(`u${index}-100`)));
    await waitFor(() => server.stats.inFlight === 20 || undefined, {
      timeoutMs: 5000,
      everyMs: 2,
      describe: () => `${server.stats.inFlight} under way`,
    });
    await server.close();
    expect(await under).toEqual(Array.from({ length: 20 }, (_, index) => `seat-of-u${index}-100`));
    expect(await seat('down-0')).toBe('');
    await startAgent();
    await waitFor(async () => (await seat('back-0')) || undefined, {
      timeoutMs: 5000,
      describe: () => 'not back',
    });
    expect(await Promise.all(['p-1', 'q-2'].map(seat))).toEqual(['seat-of-p-1', 'seat-of-q-2']);
    expect(server.stats.peerErrors).toBe(0);
  });
});

const spoe = `[usher]
spoe-agent usher
  groups claim
  option var-prefix usher
  option continue-on-error
  timeout hello 1s
  timeout idle 30s
  timeout processing 1s
  use-backend agents
spoe-group claim
  messages claim
spoe-message claim
  args room=var(txn.room) tenant=str()
`;

/** `maxconn 2` forces all NOTIFYs onto two connections; in mode spop it would count requests, not connections. */
function configuration(port: number, spoePort: number, directory: string, modeSpop: boolean): string {
  return `global
  nbthread 1
  maxconn 2000
defaults
  mode http
  timeout connect 1s
  timeout client 20s
  timeout server 20s
frontend test
  bind 127.0.0.1:${port}
  filter spoe engine usher config ${directory}/spoe.conf
  http-request set-var(txn.room) url_param(room)
  http-request send-spoe-group usher claim
  http-request return status 200 content-type text/plain lf-string "%[var(txn.usher.shard)]" if { var(txn.usher.shard) -m found }
  http-request return status 200 content-type text/plain string "-"
backend agents
  mode ${modeSpop ? 'spop' : 'tcp'}
  option spop-check
  server agent 127.0.0.1:${spoePort} check inter 200ms fall 2 rise 1 ${modeSpop ? '' : 'maxconn 2'}
`;
}
