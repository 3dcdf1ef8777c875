import { describe, expect, it } from 'vitest';
import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { type BucketsInput, decideBuckets } from './decide-buckets.ts';

/** `held` takes turns over the buckets. */
function decide(shards: ShardRecord[], held: string[], over: Partial<BucketsInput> = {}) {
  const mirror = new StickTableMirror();
  for (const one of shards) mirror.shards.set(one.name, one);
  for (let bucket = 0; bucket < bucketCount && held.length > 0; bucket += 1) {
    mirror.preferences.set(`main/${bucket}`, held[bucket % held.length] ?? '');
  }
  const headroom = new Map(shards.map(({ name }) => [name, 100]));
  const input = { pool: 'main', mirror, headroom, waitForMore: false, mayRebalance: true, ...over };
  const decision = decideBuckets(input);
  return { ...decision, size: 'targets' in decision ? decision.targets.size : 0 };
}

describe('decideBuckets', () => {
  it('gives all buckets out when the fleet is there, not before', () => {
    expect(decide([shard('a')], [], { waitForMore: true }).do).toBe('wait');
    expect(decide([shard('a'), shard('b')], [])).toMatchObject({ do: 'assign', size: bucketCount });
  });

  it('moves a share to a shard that has none', () => {
    const decision = decide([shard('a'), shard('b'), shard('c')], ['a', 'b']);
    expect(decision).toMatchObject({ do: 'move', size: 341, reason: 'c has no buckets yet' });
  });

  it.each([
    ['cordoned', { desired: 'cordoned' }],
    ['draining', { desired: 'draining' }],
    ['being removed', { removing: true }],
  ] as const)('moves everything off a shard that is %s, and nothing else', (_what, over) => {
    const decision = decide([shard('a'), shard('b', over)], ['a', 'b']);
    expect(decision).toMatchObject({ do: 'move', size: 512, reason: 'b takes no new rooms' });
  });

  it('gives a degraded shard no new rooms', () => {
    const shards = [shard('a'), shard('b', { observed: 'degraded' }), shard('c')];
    expect(decide(shards, ['a', 'b', 'c'])).toMatchObject({ do: 'move', reason: 'b takes no new rooms' });
  });

  it('doubts the probes when most shards look unwell at once', () => {
    const ill = { observed: 'degraded' } as const;
    expect(decide([shard('a'), shard('b', ill), shard('c', ill)], ['a', 'b', 'c'])).toMatchObject({
      do: 'wait',
      reason: 'most shards look unwell at once: the probes are doubted',
    });
  });

  it('evens out only what is far off, and only when it may', () => {
    const near = {
      headroom: new Map([
        ['a', 100],
        ['b', 80],
      ]),
    };
    const far = {
      headroom: new Map([
        ['a', 100],
        ['b', 20],
      ]),
    };
    const shards = [shard('a'), shard('b')];
    expect(decide(shards, ['a', 'b'], near).do).toBe('nothing');
    expect(decide(shards, ['a', 'b'], far).do).toBe('move');
    expect(decide(shards, ['a', 'b'], { ...far, mayRebalance: false }).do).toBe('nothing');
  });

  it('takes unknown headroom for the mean, and holds when nobody takes rooms', () => {
    const half = decide([shard('a'), shard('b'), shard('c')], [], { headroom: new Map([['a', 7]]) });
    expect(half).toMatchObject({ do: 'assign', size: bucketCount });
    expect(decide([shard('a', { desired: 'draining' })], ['a']).do).toBe('wait');
  });

  it('tells of every shard of the pool whether it was chosen, and why', () => {
    const others = [shard('c', { pool: 'gold' }), shard('d', { removed: true })];
    const decision = decide([shard('a'), shard('b', { desired: 'cordoned' }), ...others], ['a', 'b']);
    expect(decision).toMatchObject({
      do: 'move',
      candidates: [
        { name: 'a', chosen: true, reason: 'eligible: has 512 buckets, its headroom is worth 1024' },
        { name: 'b', chosen: false, reason: 'not eligible: its operator wants it cordoned; has 512 buckets' },
      ],
    });
  });
});
