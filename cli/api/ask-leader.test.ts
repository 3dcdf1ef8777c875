import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ownHealth } from '../../common/health.ts';
import { freePort } from '../../test/real/free-port.ts';
import { askLeader } from './ask-leader.ts';
import { StandbyError } from './request.ts';

/** `hangs`: it takes connections and says nothing, as a process that was stopped. */
type Part = 'leads' | 'stands by' | 'hangs';

const servers: Server[] = [];
const asked: string[] = [];

afterEach(() => {
  asked.length = 0;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Answers as an orchestrator; `part` may change while it runs. */
async function orchestrator(name: string, play: { part: Part }): Promise<string> {
  const server = createServer((request, response) => {
    const { part } = play;
    if (part === 'hangs') return;
    if (request.url === '/health') {
      return response.end(JSON.stringify({ ...ownHealth, leads: part === 'leads', leader: null }));
    }
    asked.push(`${request.method} ${name}`);
    if (part === 'leads') return response.end(JSON.stringify({ name }));
    const error = { message: 'stands by', exitCode: 1 };
    response.writeHead(503).end(JSON.stringify({ error, leader: 'somebody:1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (bases: readonly string[], signal = new AbortController().signal) =>
  askLeader(bases, '/v1/thing', z.object({ name: z.string() }), signal, {});

describe('askLeader', () => {
  it.each<[Part | 'away', Part | 'away']>([
    ['leads', 'stands by'],
    ['stands by', 'leads'],
    ['away', 'leads'],
    ['hangs', 'leads'],
  ])('asks only who leads, once: %s, %s', async (...parts) => {
    const bases = await Promise.all(
      parts.map(async (part, index) =>
        part === 'away' ? `http://127.0.0.1:${await freePort()}` : orchestrator(`${index + 1}`, { part }),
      ),
    );
    const leader = `${parts.indexOf('leads') + 1}`;
    const before = Date.now();
    expect(await ask(bases)).toEqual({ name: leader });
    expect(Date.now() - before).toBeLessThan(1_500);
    expect(asked).toEqual([`POST ${leader}`]);
  });

  it('waits while nobody leads yet, of one orchestrator too', async () => {
    const play: { part: Part } = { part: 'stands by' };
    const answer = ask([await orchestrator('1', play)]);
    setTimeout(() => {
      play.part = 'leads';
    }, 700);
    expect(await answer).toEqual({ name: '1' });
  });

  it('says in the end what the standby says', async () => {
    const bases = [await orchestrator('1', { part: 'stands by' }), `http://127.0.0.1:${await freePort()}`];
    await expect(ask(bases)).rejects.toThrow(StandbyError);
  });

  it('stops waiting on Ctrl-C', async () => {
    const controller = new AbortController();
    const answer = ask([await orchestrator('1', { part: 'stands by' })], controller.signal);
    setTimeout(() => controller.abort(), 200);
    await expect(answer).rejects.toThrow(/abort/);
  });
});
