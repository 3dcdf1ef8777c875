import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { decideDown } from './decide-down.ts';

const gone = { observed: 'down', admitted: false, incarnation: 2 } as const;

/** `ill` look down to the probes, all others ready. */
function decide(shards: ShardRecord[], ill: string[], leaving: string[] = []) {
  const mirror = new StickTableMirror();
  for (const one of shards) mirror.shards.set(one.name, one);
  for (const name of leaving) mirror.subjects.set(`op-${name}`, name);
  const health = shards.map(({ name }) => {
    const observed = ill.includes(name) ? 'down' : 'ready';
    return [name, { observed, reason: observed === 'down' ? 'web: refused' : '', streaks: {} }] as const;
  });
  return decideDown(mirror, new Map(health));
}

describe('decideDown', () => {
  it('takes down what looks down, and says what the others are', () => {
    const decision = decide([shard('a'), shard('b', { observed: 'down' }), shard('c')], ['b']);
    expect(decision).toMatchObject({ do: 'take-down', shard: 'b', reason: 'web: refused' });
    expect(decision).toMatchObject({
      candidates: [
        { name: 'a', chosen: false, reason: 'ready: well' },
        { name: 'b', chosen: true, reason: 'down: web: refused' },
        { name: 'c', chosen: false, reason: 'ready: well' },
      ],
    });
  });

  it('doubts itself when most shards of the pool look down, those that went before included', () => {
    const shards = [shard('a'), shard('b'), shard('c'), shard('d', { pool: 'gold' })];
    expect(decide(shards, ['a', 'b'])).toMatchObject({
      do: 'hold',
      reason: '2 of 3 shards of pool main look down: the probes are doubted',
    });
    expect(decide([shard('a'), shard('b'), shard('c', gone)], ['a']).do).toBe('hold');
    expect(decide([shard('a'), shard('b')], ['a']).do).toBe('take-down');
  });

  it('leaves rooms where they are when nobody takes them', () => {
    expect(decide([shard('a')], ['a']).do).toBe('hold');
    expect(decide([shard('a'), shard('b', { desired: 'cordoned' })], ['a'])).toMatchObject({
      do: 'hold',
      reason: 'no other shard of pool main takes new rooms',
    });
  });

  it.each([
    ['well', [shard('a'), shard('b')], [], []],
    ['out already', [shard('a', gone), shard('b')], ['a'], []],
    ['removed', [shard('a', { removed: true }), shard('b')], ['a'], []],
    ['being taken out', [shard('a'), shard('b')], ['a'], ['a']],
    ['second in the row', [shard('a'), shard('b'), shard('c', gone), shard('d')], ['a'], ['c']],
  ])('does nothing with a shard that is %s', (_what, shards, ill, leaving) => {
    expect(decide(shards, ill, leaving)).toEqual({ do: 'nothing' });
  });
});
