import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { drainStatuses } from './drain-status.ts';

const shard = { name: 'a', incarnation: 2 } as ShardRecord;

function emptied(): { mirror: StickTableMirror; book: CensusBook } {
  const book = new CensusBook();
  for (const begunAt of [1, 2]) book.record('a.2', { begunAt, rooms: new Map() });
  return { mirror: new StickTableMirror(), book };
}

describe('drainStatuses', () => {
  it('is drained when table, buckets and several censuses agree', () => {
    const { mirror, book } = emptied();
    mirror.rooms.set('/other', { shard: 'a.1', state: 'live', seatedAt: 0 });
    expect(drainStatuses(mirror, book, 2)(shard)).toEqual({
      rooms: 0,
      participants: 0,
      buckets: 0,
      drained: true,
    });
    expect(drainStatuses(mirror, book, 3)(shard).drained).toBe(false);
  });

  it('is not drained while it has rooms, buckets or people, or while buckets move', () => {
    const withRoom = emptied();
    withRoom.mirror.rooms.set('/x', { shard: 'a.2', state: 'retiring', seatedAt: 0, operation: 'op' });
    expect(drainStatuses(withRoom.mirror, withRoom.book, 2)(shard)).toMatchObject({
      rooms: 1,
      drained: false,
    });
    const withBucket = emptied();
    withBucket.mirror.preferences.set('main/1', 'a');
    expect(drainStatuses(withBucket.mirror, withBucket.book, 2)(shard)).toMatchObject({
      buckets: 1,
      drained: false,
    });
    const withPeople = emptied();
    withPeople.book.record('a.2', { begunAt: 3, rooms: new Map([['/unknown', 3]]) });
    expect(drainStatuses(withPeople.mirror, withPeople.book, 2)(shard)).toMatchObject({
      participants: 3,
      drained: false,
    });
    const moving = emptied();
    moving.mirror.moves.set('main/9', { phase: 'release', operation: 'op', to: 'b' });
    expect(drainStatuses(moving.mirror, moving.book, 2)(shard).drained).toBe(false);
  });

  it('does not take a missing census for an empty one', () => {
    expect(drainStatuses(new StickTableMirror(), new CensusBook(), 1)(shard)).toMatchObject({
      participants: undefined,
      drained: false,
    });
  });
});
