import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { OperationRecord } from '../../haproxy/stick-table/records.ts';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { CensusBook } from '../rooms/census-book.ts';
import type { OperationView } from './operation-view.ts';
import { stepMove } from './step-move.ts';
import { stepShardDown } from './step-shard-down.ts';

/** Shard a is going down, b is there; acknowledged by all. */
function view(
  phase: OperationRecord['phase'],
  over: Partial<OperationView> = {},
  cause: 'health' | 'forced' = 'health',
): OperationView {
  const mirror = new StickTableMirror();
  mirror.operations.set('op1', phase);
  mirror.subjects.set('op1', 'a');
  mirror.shards.set('a', shard('a', { admitted: false, observed: 'down' }));
  mirror.shards.set('b', shard('b'));
  mirror.preferences.set('main/7', 'a');
  return {
    id: 'op1',
    record: { kind: 'shard-down', phase, subject: 'a', cause, startedAt: 0, acks: {} },
    ...{ silent: [], ackedAt: 1_000, mirror, censuses: new CensusBook(), graceMs: 100, censusesToBeSure: 2 },
    ...{ observed: new Map([['a', 'down']]), headroom: new Map(), pins: new Map() },
    ...over,
  };
}

const silent = { silent: ['p2'], ackedAt: undefined };
const well = { observed: new Map([['a', 'ready' as const]]) };

describe('stepShardDown', () => {
  it('seats nobody anew before every proxy has let go', () => {
    expect(stepShardDown(view('out', silent))).toEqual({ do: 'wait', reason: 'not yet acknowledged by p2' });
    expect(stepShardDown(view('out'))).toMatchObject({
      do: 'shard-down',
      targets: new Map([['main/7', 'b']]),
    });
  });

  it('takes a shard back that is well before that, unless it was forced', () => {
    expect(stepShardDown(view('out', { ...silent, ...well })).do).toBe('shard-up');
    expect(stepShardDown(view('out', { ...silent, ...well }, 'forced')).do).toBe('wait');
    expect(stepShardDown(view('out', well, 'forced')).do).toBe('shard-down');
    expect(stepShardDown(view('release', { ...silent, ...well })).do).toBe('wait');
  });

  it('waits for somebody who takes the rooms', () => {
    const alone = view('out');
    alone.mirror.shards.set('b', shard('b', { observed: 'degraded' }));
    expect(stepShardDown(alone)).toMatchObject({
      do: 'wait',
      reason: expect.stringContaining('no other shard'),
    });
  });

  it('finishes when the release is acknowledged', () => {
    expect(stepShardDown(view('release')).do).toBe('finish');
  });
});

describe('stepMove beside it', () => {
  it('does not flip while it is open whether the shard comes back with its rooms', () => {
    const move = view('out', { id: 'op2', record: { kind: 'move', phase: 'hold', startedAt: 0, acks: {} } });
    move.mirror.operations.set('op2', 'hold');
    move.censuses.record('b.1', { begunAt: 1_100, rooms: new Map() });
    expect(stepMove(move, () => 'main/7')).toMatchObject({
      do: 'wait',
      reason: expect.stringContaining('a is down'),
    });
    move.mirror.operations.set('op1', 'release');
    expect(stepMove(move, () => 'main/7').do).toBe('flip');
  });

  it('adopts over a placement on a life that is over', () => {
    const move = view('release', {
      id: 'op2',
      record: { kind: 'move', phase: 'hold', startedAt: 0, acks: {} },
    });
    move.mirror.operations.set('op2', 'hold');
    move.mirror.moves.set('main/7', { phase: 'hold', operation: 'op2', to: 'b' });
    move.mirror.rooms.set('/x', { shard: 'a.0', state: 'live', seatedAt: 0 });
    move.mirror.rooms.set('/y', { shard: 'a.1', state: 'live', seatedAt: 0 });
    const rooms = new Map([
      ['/x', 1],
      ['/y', 1],
    ]);
    move.censuses.record('b.1', { begunAt: 1_100, rooms });
    expect(stepMove(move, () => 'main/7')).toMatchObject({ adopted: new Map([['/x', 'b.1']]) });
  });
});
