import { describe, expect, it } from 'vitest';
import type { TableReport } from '../../haproxy/agent/table-report.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import type { KnownShard } from './merge-shards.ts';
import { mergeTable } from './merge-table.ts';

interface Words {
  rooms?: Record<string, string>;
  slots?: string[];
  buckets?: Record<string, string>;
  answers?: Record<string, string>;
  servers?: Record<string, number>;
}

function report(proxy: string, words: Words): TableReport {
  const slots = words.slots ?? ['a.1', 'b.1'];
  const servers = words.servers ?? { 'a.1': 1, 'b.1': 2 };
  return {
    proxy,
    runId: 'r',
    uptimeMs: 0,
    entries: 0,
    servers: Object.entries(servers).map(([name, id]) => ({ name, id, host: '127.0.0.1', port: 8_000 + id })),
    maps: {
      rooms: new Map(Object.entries(words.rooms ?? {})),
      slots: new Map(slots.map((slot) => [slot, slot])),
      buckets: new Map(Object.entries(words.buckets ?? {})),
      tenants: new Map(),
    },
    answers: new Map(Object.entries(words.answers ?? {})),
  };
}

function known(name: string, desired: 'active' | 'draining' = 'active'): KnownShard {
  const spec = shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 1 }, desired });
  return { spec, address: { host: '127.0.0.1', port: 80 }, health: undefined };
}

function merge(reports: TableReport[], censuses: Record<string, Record<string, number>> = {}) {
  return mergeTable({
    reports,
    censuses: new Map(
      Object.entries(censuses).map(([shard, rooms]) => [shard, new Map(Object.entries(rooms))]),
    ),
    shards: [known('a'), known('b')],
  });
}

const roomsOf = (...input: Parameters<typeof merge>) =>
  Object.fromEntries(
    [...merge(...input).rooms].map(([room, { shard, state }]) => [room, `${shard} ${state}`]),
  );

describe('mergeTable: rooms', () => {
  it.each([
    ['an entry of one proxy is enough', [{}, { rooms: { '/r': 'b.1' } }], {}, { '/r': 'b.1 claimed' }],
    ['an answer is enough', [{ answers: { '/r': 'b.1' } }], {}, { '/r': 'b.1 claimed' }],
    ['a census is enough', [{}], { a: { '/r': 2 } }, { '/r': 'a.1 live' }],
    [
      'an entry is surer than another proxy’s answer',
      [{ rooms: { '/r': 'a.1' } }, { answers: { '/r': 'b.1' } }],
      {},
      { '/r': 'a.1 claimed' },
    ],
    [
      'a census is surer than an entry',
      [{ rooms: { '/r': 'a.1' } }],
      { b: { '/r': 1 } },
      { '/r': 'b.1 live' },
    ],
    ['a tombstone is no place', [{ rooms: { '/r': '?' } }], {}, {}],
    [
      'a room whose tombstone a census contradicts lives',
      [{ rooms: { '/r': '?' } }],
      { a: { '/r': 1 } },
      { '/r': 'a.1 live' },
    ],
    ['an entry of a former life is none', [{ rooms: { '/r': 'a.0' } }], {}, {}],
    ['what a shard without a slot shows is of a former life', [{ slots: ['b.1'] }], { a: { '/r': 1 } }, {}],
  ] satisfies [string, Words[], Record<string, Record<string, number>>, Record<string, string>][])(
    '%s',
    (_rule, words, censuses, expected) => {
      expect(
        roomsOf(
          words.map((one, index) => report(`p${index + 1}`, one)),
          censuses,
        ),
      ).toEqual(expected);
    },
  );

  it('leaves a split room where most of its people are, and says so', () => {
    const { rooms, doubts } = merge([report('p1', {})], { a: { '/r': 1 }, b: { '/r': 3 } });
    expect(rooms.get('/r')).toEqual({ shard: 'b.1', state: 'live' });
    expect(doubts).toEqual([expect.stringContaining('/r is live on a.1 and on b')]);
  });
});

describe('mergeTable: preferences', () => {
  const preferenceOf = (...values: string[]) =>
    merge(
      values.map((value, index) => report(`p${index + 1}`, value ? { buckets: { 'main/7': value } } : {})),
    );

  it.each([
    ['all agree', ['a.1', 'a.1'], 'a'],
    ['one proxy is empty', ['', 'a.1'], 'a'],
    ['on hold everywhere: the old one', ['!a.1', '!a.1'], 'a'],
    ['flipped on one proxy, on hold on the other: the new one', ['b.1', '!a.1'], 'b'],
    ['the same in the other order', ['!a.1', 'b.1'], 'b'],
    ['on hold on one, not yet on the other', ['!a.1', 'a.1'], 'a'],
    ['nobody knows', ['', ''], undefined],
    ['a shard that is gone for good', ['c.1'], undefined],
  ])('%s', (_case, values, expected) => {
    const { preferences, doubts } = preferenceOf(...values);
    expect(preferences.get('main/7')).toBe(expected);
    expect(doubts).toEqual([]);
  });

  it('doubts two proxies that would both fall back, differently', () => {
    expect(preferenceOf('a.1', 'b.1').doubts).toEqual([expect.stringContaining('main/7')]);
  });
});

describe('mergeTable: shards', () => {
  const shardsOf = (...words: Words[]) =>
    Object.fromEntries(
      [...merge(words.map((one, index) => report(`p${index + 1}`, one))).shards].map(([name, shard]) => [
        name,
        [shard.incarnation, shard.serverId, shard.admitted],
      ]),
    );

  it('live on in the life that has a slot, with the server that proxies have', () => {
    const words = { slots: ['a.3', 'b.1'], servers: { 'a.3': 7, 'b.1': 2 } };
    expect(shardsOf(words)).toEqual({ a: [3, 7, true], b: [1, 2, true] });
  });

  it('begin a new life without one, under a number that nothing names', () => {
    const words = { slots: ['b.1'], rooms: { '/r': 'a.4' }, servers: { 'a.3': 7, 'b.1': 2 } };
    expect(shardsOf(words)).toEqual({ a: [5, 8, false], b: [1, 2, true] });
  });

  it('wait, as those that went down, for the end of a life that was out of service', () => {
    const { shards } = merge([report('p1', { slots: ['b.1'], servers: { 'a.1': 1, 'b.1': 2 } })]);
    expect(shards.get('a')).toMatchObject({ incarnation: 2, admitted: false, observed: 'down' });
    const unseen = merge([report('p1', { slots: ['b.1'], servers: { 'b.1': 2 } })]);
    expect(unseen.shards.get('a')).toMatchObject({ admitted: false, observed: 'provisioning' });
  });

  it('keep what their operators want', () => {
    const view = {
      reports: [report('p1', {})],
      censuses: new Map(),
      shards: [known('a', 'draining'), known('b')],
    };
    expect(mergeTable(view).shards.get('a')).toMatchObject({ desired: 'draining', observed: 'ready' });
  });

  it('keep their meetings when their overlay is gone, and get no new rooms', () => {
    const view = {
      reports: [report('p1', { rooms: { '/r': 'b.1' } })],
      censuses: new Map(),
      shards: [known('a')],
    };
    const { shards, rooms } = mergeTable(view);
    expect(shards.get('b')).toMatchObject({ desired: 'draining', admitted: true, address: { port: 8_002 } });
    expect(rooms.get('/r')?.shard).toBe('b.1');
  });
});
