import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Leader } from '../leader/leader-lock.ts';
import { standBy } from './stand-by.ts';

const other = { name: 'orchestrator.2', api: '127.0.0.1:2' };

async function ask(leads: boolean, leader: Leader | undefined, method: 'GET' | 'POST', url: string) {
  const server = fastify();
  const election = { leads: () => leads, leader: () => leader, token: () => '' };
  standBy(server, { election });
  server.all('*', async () => ({ answered: true }));
  const response = await server.inject({ method, url });
  return { status: response.statusCode, ...response.json<object>() };
}

describe('standBy', () => {
  it.each<[string, Parameters<typeof ask>]>([
    ['all of a leader', [true, other, 'POST', '/v1/shards/a/desired']],
    ['health of a standby', [false, other, 'GET', '/health']],
    ['what can be read while nobody leads', [false, undefined, 'GET', '/v1/status']],
  ])('lets through %s', async (_, question) => {
    expect(await ask(...question)).toEqual({ status: 200, answered: true });
  });

  it('names who leads instead of answering', async () => {
    expect(await ask(false, other, 'GET', '/v1/status')).toEqual({
      status: 503,
      error: { message: 'this orchestrator stands by; orchestrator.2 leads: ask 127.0.0.1:2', exitCode: 1 },
      leader: '127.0.0.1:2',
    });
  });

  it('changes nothing while nobody leads', async () => {
    expect(await ask(false, undefined, 'POST', '/v1/shards/a/desired')).toMatchObject({
      status: 503,
      error: { message: expect.stringContaining('no orchestrator leads now') },
      leader: null,
    });
  });
});
