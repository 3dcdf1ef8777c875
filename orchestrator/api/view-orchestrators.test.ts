import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownHealth } from '../../common/health.ts';
import { splitHostPort } from '../../haproxy/config/address.ts';
import type { Control } from '../control/control.ts';
import { viewOrchestrators } from './view-orchestrators.ts';

const own = { host: '127.0.0.1', port: 1 };
let leader: FastifyInstance;
let leaderApi: string;

beforeEach(async () => {
  leader = fastify();
  leader.get('/health', async () => ({ ...ownHealth, leads: true, leader: leaderApi }));
  leaderApi = new URL(await leader.listen({ host: '127.0.0.1', port: 0 })).host;
});
afterEach(() => leader.close());

/** Of an orchestrator at `own` that knows this one to lead. */
function view(
  driver: 'local' | 'kubernetes',
  api: readonly string[],
  leads: boolean,
  leading?: string,
  registered: () => Promise<string[]> = async () => [],
) {
  const election = {
    leads: () => leads,
    leader: () => (leading === undefined ? undefined : { name: 'x', api: leading }),
    token: () => '',
  };
  const fleet = { driver, orchestrator: { api: api.map(splitHostPort) } };
  const table = { orchestrators: registered };
  return viewOrchestrators({ fleet, election, api: own, table } as unknown as Control);
}

describe('viewOrchestrators', () => {
  it('asks all that the fleet file names', async () => {
    expect(await view('local', ['127.0.0.1:1', leaderApi], false)).toEqual([
      { api: '127.0.0.1:1', state: 'stands by', reason: '' },
      { api: leaderApi, state: 'leads', reason: '' },
    ]);
  });

  it('knows of pods those that told Redis, too, and whether they are there', async () => {
    const registered = async () => ['127.0.0.1:1', leaderApi, '127.0.0.1:2'];
    expect(await view('kubernetes', ['0.0.0.0:8700'], false, leaderApi, registered)).toEqual([
      { api: '127.0.0.1:1', state: 'stands by', reason: '' },
      { api: leaderApi, state: 'leads', reason: '' },
      { api: '127.0.0.1:2', state: 'away', reason: expect.stringContaining('127.0.0.1:2') },
    ]);
  });

  it('knows of pods, while Redis is away, itself and who leads', async () => {
    const away = () => Promise.reject(new Error('Redis is away'));
    const everywhere = ['0.0.0.0:8700'];
    expect(await view('kubernetes', everywhere, false, leaderApi, away)).toEqual([
      { api: '127.0.0.1:1', state: 'stands by', reason: '' },
      { api: leaderApi, state: 'leads', reason: '' },
    ]);
    expect(await view('kubernetes', everywhere, true, '127.0.0.1:1')).toEqual([
      { api: '127.0.0.1:1', state: 'leads', reason: '' },
    ]);
    expect(await view('kubernetes', everywhere, false)).toEqual([
      { api: '127.0.0.1:1', state: 'stands by', reason: '' },
    ]);
  });
});
