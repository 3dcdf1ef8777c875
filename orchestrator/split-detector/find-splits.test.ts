import { describe, expect, it } from 'vitest';
import { bucketOf } from '../../haproxy/room-key/room-key.ts';
import type { Placement } from '../../haproxy/stick-table/placement.ts';
import { findSplits } from './find-splits.ts';
import type { CensusPair, ProxyReading, SplitView } from './split-view.ts';

const placed = (shard: string, state: Placement['state'] = 'live') => ({ shard, state, seatedAt: 0 });
const pair = (last: Record<string, number>, before: Record<string, number> = last): CensusPair => [
  { begunAt: 1, rooms: new Map(Object.entries(before)) },
  { begunAt: 2, rooms: new Map(Object.entries(last)) },
];
/** A proxy that differs in the bucket of /x, and holds this there. */
const holds = (rooms: Record<string, string>, slots = ['a.1', 'b.1']): ProxyReading => ({
  slots: new Set(slots),
  buckets: new Set([bucketOf('/x')]),
  rooms: new Map(Object.entries(rooms)),
});
const inStep: ProxyReading = { slots: new Set(['a.1', 'b.1']), buckets: new Set(), rooms: new Map() };

interface Case {
  rooms?: Record<string, Placement>;
  proxies?: Record<string, ProxyReading>;
  censuses?: Record<string, CensusPair>;
  shards?: SplitView['shards'];
  kept?: string[];
}

async function kinds({
  rooms = {},
  proxies = {},
  censuses = {},
  shards,
  kept = [],
}: Case): Promise<string[]> {
  const found = await findSplits({
    rooms: new Map(Object.entries(rooms)),
    kept: new Set(kept),
    shards: shards ?? new Map(['a.1', 'b.1'].map((shard) => [shard, { admitted: true }])),
    proxies: new Map(Object.entries(proxies)),
    censuses: new Map(Object.entries(censuses)),
  });
  return found.map(({ kind, room }) => `${kind} ${room}`);
}

const onA = { '/x': placed('a.1') };
const live = { 'a.1': pair({ '/x': 2 }), 'b.1': pair({}) };

describe('findSplits', () => {
  it.each<[string, Case, string[]]>([
    ['all agree', { rooms: onA, proxies: { p1: inStep, p2: inStep }, censuses: live }, []],
    ['nothing can be read', { rooms: onA }, []],
    [
      'a proxy leads elsewhere',
      { rooms: onA, proxies: { p1: inStep, p2: holds({ '/x': 'b.1' }) }, censuses: live },
      ['proxy-split /x'],
    ],
    [
      'all proxies lead elsewhere than the table',
      { rooms: onA, proxies: { p1: holds({ '/x': 'b.1' }), p2: holds({ '/x': 'b.1' }) }, censuses: live },
      ['proxy-split /x'],
    ],
    [
      'proxies differ on a room that the table has not',
      { proxies: { p1: holds({ '/x': 'a.1' }), p2: holds({ '/x': 'b.1' }) } },
      ['stale /x', 'proxy-split /x'],
    ],
    [
      'a proxy lacks the room',
      { rooms: onA, proxies: { p1: inStep, p2: holds({}) }, censuses: live },
      ['missing /x'],
    ],
    [
      'a proxy has a dead incarnation',
      { rooms: onA, proxies: { p1: holds({ '/x': 'c.3' }) }, censuses: live },
      ['stale /x'],
    ],
    [
      'a proxy leads to a shard it does not serve',
      { rooms: onA, proxies: { p1: holds({ '/x': 'b.1' }, ['a.1']) }, censuses: live },
      ['stale /x'],
    ],
    [
      'a proxy does not carry a tombstone',
      {
        rooms: { '/x': placed('a.1', 'retiring') },
        proxies: { p1: inStep, p2: holds({ '/x': 'a.1' }) },
        censuses: live,
      },
      ['stale /x'],
    ],
    [
      'people on two shards',
      { rooms: onA, censuses: { 'a.1': pair({ '/x': 2 }), 'b.1': pair({ '/x': 1 }) } },
      ['shard-split /x'],
    ],
    [
      'people on a second shard, by one reading',
      { rooms: onA, censuses: { 'a.1': pair({ '/x': 2 }), 'b.1': pair({ '/x': 1 }, {}) } },
      [],
    ],
    [
      'nobody in the second shard’s room',
      { rooms: onA, censuses: { 'a.1': pair({ '/x': 2 }), 'b.1': pair({ '/x': 0 }) } },
      [],
    ],
    ['live and not in the table', { censuses: live }, ['missing /x']],
    [
      'live on another shard than the table’s',
      { rooms: onA, censuses: { 'a.1': pair({}), 'b.1': pair({ '/x': 1 }) } },
      ['unknown /x'],
    ],
    [
      'live on a shard that is not admitted',
      { censuses: { 'a.1': pair({ '/x': 1 }) }, shards: new Map([['a.1', { admitted: false }]]) },
      ['unknown /x'],
    ],
    ['nowhere live', { rooms: onA, censuses: { 'a.1': pair({}) } }, ['stale /x']],
    ['nowhere live, but pinned there', { rooms: onA, censuses: { 'a.1': pair({}) }, kept: ['/x'] }, []],
    ['its shard was not read', { rooms: onA, censuses: { 'b.1': pair({}) } }, []],
    ['its incarnation is no more', { rooms: { '/x': placed('a.0') }, censuses: {} }, ['stale /x']],
  ])('%s', async (_, view, expected) => {
    expect(await kinds(view)).toEqual(expected);
  });

  it('names what each place says', async () => {
    const [split] = await findSplits({
      rooms: new Map(Object.entries(onA)),
      kept: new Set(),
      shards: new Map([
        ['a.1', { admitted: true }],
        ['b.1', { admitted: true }],
      ]),
      proxies: new Map([
        ['p1', inStep],
        ['p2', holds({})],
      ]),
      censuses: new Map(Object.entries(live)),
    });
    expect(split?.evidence).toEqual([
      { where: 'table', shard: 'a.1' },
      { where: 'p1', shard: 'a.1' },
      { where: 'p2', shard: null },
      { where: 'census', shard: 'a.1', participants: 2 },
    ]);
  });
});
