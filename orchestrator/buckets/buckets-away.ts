import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { bucketsOf, fillUnknown, takesNewRooms } from './decide-buckets.ts';
import { spreadBuckets } from './spread.ts';

/**
 * Where a shard's buckets go when it can keep none of them: over its pool's other shards, so that these come nearest
 * to their shares. The others' own buckets stay where they are.
 *
 * @param headroom shard name -> headroom, in one unit for all; missing: unknown, taken for the mean of the others
 * @returns `pool/bucket` -> shard, for all of its buckets; undefined when it has some and nobody takes them
 */
export function bucketsAway(
  mirror: StickTableMirror,
  name: string,
  headroom: ReadonlyMap<string, number>,
): Map<string, string> | undefined {
  const pool = mirror.shards.get(name)?.pool ?? '';
  const current = bucketsOf(mirror, pool);
  const own = [...current].filter(([, shard]) => shard === name);
  if (own.length === 0) return new Map();
  const others = [...mirror.shards.values()].filter(
    (shard) => shard.pool === pool && shard.name !== name && takesNewRooms(shard),
  );
  if (others.length === 0) return undefined;
  const known = fillUnknown(others, headroom);
  // Where all are full, all are equally full: somebody must take them.
  const isFull = [...known.values()].every((room) => room <= 0);
  const spread = spreadBuckets(current, isFull ? new Map(others.map((shard) => [shard.name, 1])) : known);
  return new Map(own.map(([bucket]) => [`${pool}/${bucket}`, spread.get(bucket) ?? others[0]?.name ?? '']));
}
