import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import { sharesOf, spreadBuckets } from './spread.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const headrooms = fc
  .dictionary(fc.constantFrom(...names), fc.integer({ min: 0, max: 1_000 }))
  .map((rooms) => new Map(Object.entries(rooms)));
const tables = fc
  .array(fc.option(fc.constantFrom(...names, 'gone'), { nil: undefined }), {
    minLength: bucketCount,
    maxLength: bucketCount,
  })
  .map(
    (shards) =>
      new Map(shards.flatMap((shard, bucket) => (shard === undefined ? [] : [[bucket, shard] as const]))),
  );

function countsOf(table: ReadonlyMap<number, string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const shard of table.values()) counts.set(shard, (counts.get(shard) ?? 0) + 1);
  return counts;
}

describe('spreadBuckets', () => {
  it('gives every shard its share, by the fewest moves there can be', () => {
    fc.assert(
      fc.property(tables, headrooms, (current, headroom) => {
        const moves = spreadBuckets(current, headroom);
        const targets = sharesOf(headroom);
        if (targets.size === 0) {
          expect(moves.size).toBe(0);
          return;
        }
        const after = countsOf(new Map([...current, ...moves]));
        for (const [shard, target] of targets) expect(after.get(shard) ?? 0).toBe(target);
        expect(after.get('gone')).toBeUndefined();
        const before = countsOf(current);
        const stay = [...targets].reduce(
          (sum, [shard, target]) => sum + Math.min(target, before.get(shard) ?? 0),
          0,
        );
        expect(moves.size).toBe(bucketCount - stay);
      }),
      { numRuns: 200 },
    );
  });

  it('takes a fifth from each of four equal shards for a fifth one', () => {
    const four = new Map(
      Array.from({ length: bucketCount }, (_, bucket) => [bucket, names[bucket % 4] ?? '']),
    );
    const moves = spreadBuckets(four, new Map(names.map((name) => [name, 10])));
    expect(moves.size).toBe(204);
    expect(new Set(moves.values())).toEqual(new Set(['e']));
  });

  it('holds when nobody has headroom', () => {
    expect(spreadBuckets(new Map([[1, 'a']]), new Map([['a', 0]])).size).toBe(0);
  });
});
