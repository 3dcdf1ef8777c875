import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { OperationRecord } from '../../haproxy/stick-table/records.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { operationIntent } from './operation-intent.ts';
import type { OperationView } from './operation-view.ts';

function view(over: Partial<OperationRecord>): OperationView {
  const mirror = new StickTableMirror();
  const move = over.kind === undefined ? 'op1' : 'op2';
  for (const bucket of ['main/1', 'main/2']) {
    mirror.moves.set(bucket, { phase: 'hold', operation: move, to: 'b' });
  }
  mirror.moves.set('main/3', { phase: 'hold', operation: 'op3', to: 'c' });
  mirror.rooms.set('/x', { shard: 'a.1', state: 'retiring', seatedAt: 0, operation: 'op1' });
  return {
    id: 'op1',
    record: { kind: 'move', phase: 'hold', startedAt: 0, acks: {}, ...over },
    silent: [],
    ackedAt: 0,
    mirror,
    pins: new Map(),
    censuses: new CensusBook(),
    graceMs: 1,
    censusesToBeSure: 1,
    observed: new Map(),
    headroom: new Map(),
  };
}

const reason = 'because';

describe('operationIntent', () => {
  it('names the target of a move and whom it seats', () => {
    const adopted = new Map([['/fallen', 'a.1']]);
    const step = { do: 'flip', adopted, pinned: new Map([['/vip', 'b.1']]), reason } as const;
    expect(operationIntent(view({}), step)).toEqual({
      actor: 'orchestrator',
      action: 'move.flip',
      shards: ['b', 'a.1', 'b.1'],
      rooms: ['/fallen', '/vip'],
      reason,
      inputs: { operation: 'op1', phase: 'hold', buckets: 2, ackedAt: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('names the rooms that are deleted and where they sat, and nothing at the end of their batch', () => {
    const retiring = view({ kind: 'retire', phase: 'tombstone' });
    expect(operationIntent(retiring, { do: 'delete', rooms: ['/x', '/gone'], reason })).toMatchObject({
      action: 'retire.delete',
      shards: ['a.1'],
      rooms: ['/x', '/gone'],
    });
    expect(operationIntent(retiring, { do: 'finish', reason })).toBeUndefined();
  });

  it('names the shard that a removal is about', () => {
    const out = view({ kind: 'take-out', phase: 'out', subject: 'a' });
    expect(operationIntent(out, { do: 'remove', reason })).toMatchObject({
      action: 'take-out.remove',
      shards: ['a'],
    });
  });
});
