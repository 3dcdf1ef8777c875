import { describe, expect, it } from 'vitest';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { recordChanges } from './record-changes.ts';

describe('recordChanges', () => {
  it.each([
    ['a new shard', undefined, shard('a', { admitted: false }), ['shard.add']],
    ['its admission', shard('a', { admitted: false }), shard('a'), ['shard.admit']],
    [
      'a name that comes back',
      shard('a', { removed: true, admitted: false }),
      shard('a', { incarnation: 2, admitted: false }),
      ['shard.add'],
    ],
    ['another wish', shard('a'), shard('a', { desired: 'cordoned' }), ['shard.desired']],
    ['health alone', shard('a'), shard('a', { observed: 'degraded', reason: 'web' }), []],
    ['a removal asked for', shard('a'), shard('a', { removing: true }), []],
  ] as const)('of %s', (_what, before, after, actions) => {
    expect(recordChanges(before, after).map(({ action }) => action)).toEqual(actions);
  });

  it('names the incarnation, and what the wish was before', () => {
    expect(recordChanges(shard('a'), shard('a', { desired: 'draining' }))).toMatchObject([
      { shards: ['a.1'], inputs: { from: 'active', to: 'draining' } },
    ]);
  });
});
