import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../../test/fleet/temporary-fleet.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { RedisAudit } from '../audit/redis-audit.ts';
import type { Control } from '../control/control.ts';
import { type EventsAnswer, eventsAnswer } from '../events/schema.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { createApi } from './server.ts';

let server: TestRedis;
let files: TemporaryFleet;
let api: FastifyInstance;
let audit: RedisAudit;

beforeEach(async () => {
  server = await startRedis();
  files = await createTemporaryFleet({ shards: { 'eu-1': 'eu' } });
  const connection = await server.connect();
  const log = createLogger('test', 'silent');
  const table = new StickTable(connection, 'test');
  audit = new RedisAudit({ connection, fleet: 'test', entries: 1_000, log });
  await table.bless(new Map());
  const mirror = new StickTableMirror();
  mirror.shards.set('eu-1', testShard('eu-1'));
  // Of the control plane, what commands and events touch.
  const { fleet, folder } = files;
  const election = { leads: () => true };
  const known = { censuses: new CensusBook(), shards: new Map() };
  const some = {
    ...known,
    fleet,
    wishes: folderWishes(folder),
    table,
    audit,
    log,
    election,
    mirror: () => mirror,
  };
  api = createApi(some as unknown as Control);
});
afterEach(async () => {
  await api.close();
  await files.delete();
  await server.stop();
});

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<number> {
  const { statusCode } = await api.inject({ method: 'POST', url, body, headers });
  await audit.flush();
  return statusCode;
}

async function events(query = ''): Promise<EventsAnswer> {
  const { body } = await api.inject({ url: `/v1/events${query}` });
  return eventsAnswer.parse(JSON.parse(body));
}

describe('an operator’s command', () => {
  it('is recorded with who asked, what is done, and that it was so already', async () => {
    const ann = { 'x-usher-actor': 'ann@desk' };
    expect(await post('/v1/shards/eu-1/desired', { desired: 'draining' }, ann)).toBe(200);
    expect(await post('/v1/shards/eu-1/desired', { desired: 'draining' })).toBe(200);
    expect(await events()).toMatchObject({
      events: [
        {
          actor: 'operator ann@desk',
          action: 'shard.drain',
          shards: ['eu-1'],
          reason: expect.stringMatching(/^set eu-1 to draining in .*kustomization.yaml$/),
          outcome: 'ok',
        },
        {
          actor: 'operator lightMyRequest at 127.0.0.1',
          action: 'shard.drain',
          outcome: 'nothing to change',
        },
      ],
    });
  });

  it('is recorded with why it failed, and not at all when it is a dry run', async () => {
    expect(await post('/v1/shards/no-such/remove', {})).toBe(400);
    expect(await post('/v1/shards/eu-1/desired', { desired: 'cordoned', dryRun: true })).toBe(200);
    expect((await events()).events).toMatchObject([
      { action: 'shard.remove', shards: ['no-such'], outcome: expect.stringContaining('no-such') },
    ]);
  });
});

describe('GET /v1/events', () => {
  it.each(['?limit=0', '?after=x', '?since=yesterday', '?waitMs=10001'])('refuses %s', async (query) => {
    expect((await api.inject({ url: `/v1/events${query}` })).statusCode).toBe(400);
  });

  it('says so when Redis is out of reach', async () => {
    await server.stop();
    const { statusCode, body } = await api.inject({ url: '/v1/events' });
    expect(statusCode).toBe(503);
    expect(body).toMatch(/events cannot be read/);
  });

  it('does not hold up the end of the process', async () => {
    const address = await api.listen({ host: '127.0.0.1', port: 0 });
    const begunAt = Date.now();
    const waiting = fetch(`${address}/v1/events?waitMs=10000`);
    await sleep(500);
    await api.close();
    expect(await (await waiting).json()).toMatchObject({ events: [] });
    expect(Date.now() - begunAt).toBeLessThan(5_000);
  });
});
