import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { OperationRecord } from '../../haproxy/stick-table/records.ts';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { CensusBook } from '../rooms/census-book.ts';
import type { OperationView } from './operation-view.ts';
import { stepMove } from './step-move.ts';
import { stepRetire } from './step-retire.ts';
import { stepTakeOut } from './step-take-out.ts';

/** Acked at 1000, grace 100: a census covers when it began at 1100 or later. */
function view(
  kind: OperationRecord['kind'],
  phase: OperationRecord['phase'],
  over: Partial<OperationView> = {},
) {
  const mirror = new StickTableMirror();
  mirror.operations.set('op1', phase);
  mirror.shards.set('a', shard('a'));
  mirror.shards.set('b', shard('b'));
  mirror.shards.set('gone', shard('gone', { removed: true }));
  return {
    id: 'op1',
    record: { kind, phase, subject: 'a', startedAt: 0, acks: {} },
    silent: [],
    ackedAt: 1_000,
    mirror,
    pins: new Map(),
    censuses: new CensusBook(),
    graceMs: 100,
    censusesToBeSure: 2,
    ...over,
  } satisfies OperationView;
}

function census(book: CensusBook, incarnation: string, begunAt: number, ...rooms: string[]): void {
  book.record(incarnation, { begunAt, rooms: new Map(rooms.map((room) => [room, 1])) });
}

const bucketOf = () => 'main/7';

describe('stepMove', () => {
  it('waits for every agent and names the silent ones', () => {
    const silent = view('move', 'hold', { silent: ['p2'], ackedAt: undefined });
    expect(stepMove(silent, bucketOf)).toEqual({ do: 'wait', reason: 'not yet acknowledged by p2' });
  });

  it('waits for a census of every shard that began after the acks and the grace', () => {
    const held = view('move', 'hold');
    census(held.censuses, 'a.1', 1_100);
    census(held.censuses, 'b.1', 1_099);
    expect(stepMove(held, bucketOf)).toMatchObject({ do: 'wait', reason: expect.stringContaining('b.1') });
    census(held.censuses, 'b.1', 1_100);
    expect(stepMove(held, bucketOf)).toMatchObject({ do: 'flip', adopted: new Map(), pinned: new Map() });
  });

  it('waits for its own view of the table: what it adopts by must know the hold', () => {
    const held = view('move', 'hold');
    for (const name of ['a.1', 'b.1']) census(held.censuses, name, 1_100);
    held.mirror.operations.clear();
    expect(stepMove(held, bucketOf)).toMatchObject({ do: 'wait', reason: expect.stringContaining('feed') });
  });

  it('adopts rooms of its buckets that the table does not know', () => {
    const held = view('move', 'hold');
    held.mirror.moves.set('main/7', { phase: 'hold', operation: 'op1', to: 'b' });
    held.mirror.rooms.set('/known', { shard: 'b.1', state: 'live', seatedAt: 0 });
    census(held.censuses, 'a.1', 1_100, '/fallen', '/known');
    census(held.censuses, 'b.1', 1_100);
    expect(stepMove(held, bucketOf)).toMatchObject({ adopted: new Map([['/fallen', 'a.1']]) });
    expect(stepMove(held, () => 'main/8')).toMatchObject({ adopted: new Map() });
  });

  it('seats the pinned rooms of its buckets, but none that somebody is in', () => {
    const pins = new Map([
      ['/pinned', 'a.1'],
      ['/fallen', 'a.1'],
    ]);
    const held = view('move', 'hold', { pins });
    held.mirror.moves.set('main/7', { phase: 'hold', operation: 'op1', to: 'b' });
    census(held.censuses, 'a.1', 1_100);
    census(held.censuses, 'b.1', 1_100, '/fallen');
    expect(stepMove(held, bucketOf)).toMatchObject({
      adopted: new Map([['/fallen', 'b.1']]),
      pinned: new Map([['/pinned', 'a.1']]),
    });
    expect(stepMove(held, () => 'main/8')).toMatchObject({ pinned: new Map() });
  });

  it('takes the move back when its target is cordoned meanwhile', () => {
    const held = view('move', 'hold', { silent: ['p2'], ackedAt: undefined });
    held.mirror.moves.set('main/7', { phase: 'hold', operation: 'op1', to: 'b' });
    held.mirror.shards.set('b', shard('b', { desired: 'cordoned' }));
    expect(stepMove(held, bucketOf)).toEqual({ do: 'cancel', reason: 'b takes no new rooms any more' });
  });

  it('finishes when the release is acknowledged', () => {
    expect(stepMove(view('move', 'release'), bucketOf).do).toBe('finish');
  });
});

describe('stepRetire', () => {
  it('deletes only what enough later censuses of its own shard did not show', () => {
    const retiring = view('retire', 'tombstone');
    retiring.mirror.rooms.set('/x', { shard: 'a.1', state: 'retiring', seatedAt: 0, operation: 'op1' });
    retiring.mirror.rooms.set('/y', { shard: 'b.1', state: 'retiring', seatedAt: 0, operation: 'op1' });
    retiring.mirror.rooms.set('/z', { shard: 'a.1', state: 'retiring', seatedAt: 0, operation: 'op2' });
    census(retiring.censuses, 'a.1', 1_050);
    census(retiring.censuses, 'a.1', 1_100);
    expect(stepRetire(retiring).do).toBe('wait');
    census(retiring.censuses, 'a.1', 1_200);
    expect(stepRetire(retiring)).toMatchObject({ do: 'delete', rooms: ['/x'] });
  });

  it('never deletes a room that a census since the tombstones has shown', () => {
    const retiring = view('retire', 'tombstone');
    retiring.mirror.rooms.set('/x', { shard: 'a.1', state: 'retiring', seatedAt: 0, operation: 'op1' });
    census(retiring.censuses, 'a.1', 1_100, '/x');
    for (const begunAt of [1_200, 1_300, 1_400]) census(retiring.censuses, 'a.1', begunAt);
    expect(stepRetire(retiring).do).toBe('wait');
  });

  it('finishes when its rooms are deleted or have come back', () => {
    expect(stepRetire(view('retire', 'tombstone')).do).toBe('finish');
  });
});

describe('stepTakeOut', () => {
  it('removes after an empty last census, and puts back after one with rooms', () => {
    const out = view('take-out', 'out');
    census(out.censuses, 'a.1', 1_099);
    expect(stepTakeOut(out).do).toBe('wait');
    census(out.censuses, 'a.1', 1_100);
    expect(stepTakeOut(out).do).toBe('remove');
    census(out.censuses, 'a.1', 1_200, '/late');
    expect(stepTakeOut(out)).toMatchObject({ do: 'put-back', reason: 'the last census shows /late' });
  });
});
