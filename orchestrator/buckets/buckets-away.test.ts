import { describe, expect, it } from 'vitest';
import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { bucketsAway } from './buckets-away.ts';

/** Shards a, b and c take turns over the buckets; d is of another pool. */
function mirrorOf(...over: Parameters<typeof shard>[]): StickTableMirror {
  const mirror = new StickTableMirror();
  for (const name of ['a', 'b', 'c']) mirror.shards.set(name, shard(name));
  mirror.shards.set('d', shard('d', { pool: 'gold' }));
  for (const [name, record] of over) mirror.shards.set(name, shard(name, record));
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    mirror.preferences.set(`main/${bucket}`, ['a', 'b', 'c'][bucket % 3] ?? '');
  }
  return mirror;
}

const counts = (targets: ReadonlyMap<string, string> | undefined) =>
  Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((name) => [
      name,
      [...(targets?.values() ?? [])].filter((to) => to === name).length,
    ]),
  );

describe('bucketsAway', () => {
  it('gives away all of a shard’s buckets and no other', () => {
    const targets = bucketsAway(mirrorOf(), 'a', new Map());
    expect([...(targets?.keys() ?? [])]).toEqual(Array.from({ length: 342 }, (_, n) => `main/${3 * n}`));
    expect(counts(targets)).toEqual({ a: 0, b: 171, c: 171, d: 0 });
  });

  it('brings the others nearest to their shares', () => {
    const headroom = new Map([
      ['b', 300],
      ['c', 100],
    ]);
    expect(counts(bucketsAway(mirrorOf(), 'a', headroom))).toMatchObject({ b: 342, c: 0 });
  });

  it('passes over shards that take no new rooms, and takes full ones when all are full', () => {
    expect(counts(bucketsAway(mirrorOf(['b', { observed: 'degraded' }]), 'a', new Map()))).toMatchObject({
      c: 342,
    });
    const full = new Map([
      ['b', 0],
      ['c', 0],
    ]);
    expect(counts(bucketsAway(mirrorOf(), 'a', full))).toMatchObject({ b: 171, c: 171 });
  });

  it('knows nobody when nobody takes new rooms, and asks for nothing without buckets', () => {
    const none = mirrorOf(['b', { desired: 'draining' }], ['c', { admitted: false }]);
    expect(bucketsAway(none, 'a', new Map())).toBeUndefined();
    expect(bucketsAway(none, 'd', new Map())).toEqual(new Map());
  });
});
