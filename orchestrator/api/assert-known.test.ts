import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import type { Control } from '../control/control.ts';
import { parseFleet } from '../fleet/read-fleet.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { SignallingBook } from '../scaling/signalling/signalling-book.ts';
import { newWatchedShard } from '../shards/watched-shard.ts';
import { SplitBook } from '../split-detector/split-book.ts';
import { createApi } from './server.ts';

const own = { name: 'orchestrator', api: '127.0.0.1:1' };
const everything = ['/v1/status', '/v1/shards', '/v1/shards/eu-1'];
const leaderOnly = ['/v1/bridges', '/v1/scale', '/v1/shards/eu-1/load', '/v1/shards/eu-1/scale'];
const fleet = parseFleet(
  'fleet.yaml',
  `name: test
driver: local
redis: { url: redis://127.0.0.1:6 }
orchestrator: { api: ${own.api} }
proxies: [{ name: p, bind: "127.0.0.1:2", stats: "127.0.0.1:3", agent: { spoe: "127.0.0.1:4", http: "127.0.0.1:5" } }]
`,
);
let server: TestRedis;
let table: StickTable;

beforeAll(async () => {
  server = await startRedis();
  table = new StickTable(await server.connect(), 'test');
  await table.bless(new Map());
});
afterAll(() => server.stop());

interface Moment {
  leads: boolean;
  /** Was the stick table read? */
  table: boolean;
  overlays: Control['overlays'];
  /** Was the driver asked for the shard; undefined: nobody keeps it. */
  lookedFor?: boolean;
}

/** What an orchestrator answers at one moment, over a Redis that is well. */
async function ask(moment: Moment, url: string) {
  const mirror = new StickTableMirror();
  mirror.shards.set('eu-1', testShard('eu-1'));
  const watched = newWatchedShard(
    shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 2 } }),
  );
  watched.isLookedFor = moment.lookedFor ?? false;
  const leader = moment.leads ? own : undefined;
  const api = createApi({
    ...{ fleet, table, api: { host: '127.0.0.1', port: 1 }, log: createLogger('test', 'silent') },
    ...{ censuses: new CensusBook(), signalling: new SignallingBook(), splits: new SplitBook() },
    election: { leads: () => moment.leads, leader: () => leader },
    mirror: () => (moment.table ? mirror : undefined),
    overlays: moment.overlays,
    shards: new Map(moment.lookedFor === undefined ? [] : [['eu-1', watched]]),
  } as unknown as Control);
  const response = await api.inject({ url });
  await api.close();
  return {
    status: response.statusCode,
    ...response.json<{ error?: { message: string }; leader?: string }>(),
  };
}

const unread: Moment = { leads: false, table: false, overlays: 'unread' };

describe('an orchestrator that has not seen the shards yet', () => {
  it.each([
    ['nobody leads, and the table was not read', unread, everything, /table has not been read yet/, null],
    ['nobody leads', { ...unread, table: true }, leaderOnly, /^no orchestrator leads now/, null],
    [
      'it has just begun to lead',
      { ...unread, leads: true, table: true },
      [...everything, ...leaderOnly],
      /has not read the overlays yet/,
      own.api,
    ],
    [
      'it has not looked for a shard',
      { leads: true, table: true, overlays: 'read', lookedFor: false },
      [...everything, ...leaderOnly],
      /has not looked for eu-1 yet/,
      own.api,
    ],
    [
      'the overlays are spoilt',
      { leads: true, table: true, overlays: 'unreadable' },
      leaderOnly,
      /overlays cannot be read; `usher events` says why/,
      own.api,
    ],
  ] as const)('says so and shows no empty fleet: %s', async (_, moment, urls, message, leader) => {
    for (const url of urls) {
      const answer = await ask(moment, url);
      expect(answer, url).toMatchObject({ status: 503, error: { message: expect.stringMatching(message) } });
      // By this a command knows that it may ask again.
      expect(answer.leader, url).toBe(leader);
    }
  });

  it.each([
    ['nobody leads', { ...unread, table: true }],
    ['it leads, and the overlays are spoilt', { leads: true, table: true, overlays: 'unreadable' }],
    ['it leads, and knows all', { leads: true, table: true, overlays: 'read', lookedFor: true }],
  ] as const)('shows what the table tells of shards: %s', async (_, moment) => {
    expect(await ask(moment, '/v1/status')).toMatchObject({ status: 200, shards: [{ name: 'eu-1' }] });
    expect(await ask(moment, '/v1/shards/eu-1')).toMatchObject({ status: 200, name: 'eu-1' });
  });
});
