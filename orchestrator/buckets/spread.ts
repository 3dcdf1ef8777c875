import { bucketCount } from '../../haproxy/room-key/room-key.ts';

/**
 * Which buckets must change their shard so that every shard holds its share, with the fewest moves.
 *
 * @param current bucket number -> shard name; a bucket without one is given one
 * @param headroom shard name -> what it can still take, in any unit, over the shards that may be given rooms
 * @returns bucket number -> new shard, for the buckets that change; empty when no shard has headroom (hold)
 */
export function spreadBuckets(
  current: ReadonlyMap<number, string>,
  headroom: ReadonlyMap<string, number>,
): Map<number, string> {
  const targets = sharesOf(headroom);
  const moves = new Map<number, string>();
  if (targets.size === 0) return moves;

  const held = new Map<string, number>();
  const homeless: number[] = [];
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const shard = current.get(bucket);
    const count = shard === undefined ? 0 : (held.get(shard) ?? 0);
    if (shard !== undefined && count < (targets.get(shard) ?? 0)) held.set(shard, count + 1);
    else homeless.push(bucket);
  }
  const wanting = [...targets]
    .map(([shard, target]) => ({ shard, lacks: target - (held.get(shard) ?? 0) }))
    .filter(({ lacks }) => lacks > 0);
  for (const bucket of homeless) {
    const next = wanting.find(({ lacks }) => lacks > 0);
    if (!next) break;
    next.lacks -= 1;
    if (current.get(bucket) !== next.shard) moves.set(bucket, next.shard);
  }
  return moves;
}

/** Buckets for each shard in proportion to its headroom, by largest remainder; they add up to all buckets. */
export function sharesOf(headroom: ReadonlyMap<string, number>): Map<string, number> {
  const shards = [...headroom].filter(([, room]) => room > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = shards.reduce((sum, [, room]) => sum + room, 0);
  const exact = shards.map(([shard, room]) => ({ shard, share: (room / total) * bucketCount }));
  const shares = new Map(exact.map(({ shard, share }) => [shard, Math.floor(share)]));
  let left = bucketCount - [...shares.values()].reduce((sum, share) => sum + share, 0);
  for (const { shard } of exact.toSorted((a, b) => (b.share % 1) - (a.share % 1))) {
    if (left <= 0) break;
    shares.set(shard, (shares.get(shard) ?? 0) + 1);
    left -= 1;
  }
  return total > 0 ? shares : new Map();
}
