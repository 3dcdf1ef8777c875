import { describe, expect, it } from 'vitest';
import type { TableEvent } from '../stick-table/events.ts';
import { StickTableMirror } from '../stick-table/mirror.ts';
import { testShard as shard } from '../stick-table/testing/test-shard.ts';
import { changesOf, desiredContent } from './desired-maps.ts';

function mirrorOf(...events: TableEvent[]): StickTableMirror {
  const mirror = new StickTableMirror();
  for (const event of events) mirror.apply(event);
  return mirror;
}

const seat = (room: string, name = 'a.1'): TableEvent => ({
  type: 'seat',
  payload: { room, shard: name, state: 'claimed', seatedAt: 1 },
});
const base: TableEvent[] = [
  { type: 'shard', payload: shard('a') },
  { type: 'shard', payload: shard('b', { admitted: false }) },
  { type: 'prefer', payload: { operation: '', buckets: { 'main/1': 'a', 'main/2': 'b' } } },
  seat('/x'),
];

/** Applies events after `base` and returns the changes they make to the maps. */
function changesAfter(...events: TableEvent[]): unknown[] {
  const held = desiredContent(mirrorOf(...base));
  const entries = events.map((event, index) => ({ id: `${index}-0`, event }));
  return changesOf(entries, mirrorOf(...base, ...events), (map) => held[map]);
}

describe('desiredContent', () => {
  it('names a slot only for admitted shards, and each bucket’s present incarnation', () => {
    const content = desiredContent(mirrorOf(...base));
    expect(content.slots).toEqual(new Map([['a.1', 'a.1']]));
    expect(content.buckets).toEqual(
      new Map([
        ['main/1', 'a.1'],
        ['main/2', 'b.1'],
      ]),
    );
    expect(content.rooms).toEqual(new Map([['/x', 'a.1']]));
  });

  it('marks held buckets and retiring rooms', () => {
    const content = desiredContent(
      mirrorOf(
        ...base,
        { type: 'hold', payload: { operation: 'op', buckets: { 'main/1': 'b' } } },
        { type: 'tombstone', payload: { operation: 'op2', rooms: ['/x'] } },
      ),
    );
    expect(content.buckets.get('main/1')).toBe('!a.1');
    expect(content.rooms.get('/x')).toBe('?');
  });
});

describe('changesOf', () => {
  it('adds, marks, revives and drops rooms', () => {
    expect(changesAfter(seat('/y'))).toEqual([{ map: 'rooms', key: '/y', value: 'a.1' }]);
    const tombstone: TableEvent = { type: 'tombstone', payload: { operation: 'op', rooms: ['/x'] } };
    expect(changesAfter(tombstone)).toEqual([{ map: 'rooms', key: '/x', value: '?' }]);
    expect(changesAfter(tombstone, seat('/x'))).toEqual([]);
    expect(changesAfter(tombstone, { type: 'deleted', payload: { rooms: ['/x'] } })).toEqual([
      { map: 'rooms', key: '/x', value: undefined },
    ]);
  });

  it('follows a shard that is taken out, and its next life', () => {
    expect(changesAfter({ type: 'shard', payload: shard('a', { admitted: false }) })).toEqual([
      { map: 'slots', key: 'a.1', value: undefined },
    ]);
    expect(changesAfter({ type: 'shard', payload: shard('a', { incarnation: 2 }) })).toEqual([
      { map: 'slots', key: 'a.2', value: 'a.2' },
      { map: 'slots', key: 'a.1', value: undefined },
      { map: 'buckets', key: 'main/1', value: 'a.2' },
    ]);
  });
});
