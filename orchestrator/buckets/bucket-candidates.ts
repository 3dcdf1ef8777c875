import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { Candidate } from '../audit/audit.ts';
import { sharesOf } from './spread.ts';

/** Why its operator, or its own stage of life, keeps new rooms off a shard; undefined when nothing does. */
export function whyUnwanted(shard: ShardRecord): string | undefined {
  if (shard.removed) return 'removed';
  if (shard.removing) return 'its removal was asked for';
  if (shard.desired !== 'active') return `its operator wants it ${shard.desired}`;
  if (!shard.admitted) return `not in service yet: ${shard.reason || shard.observed}`;
  return undefined;
}

/** Why no bucket may prefer a shard; undefined when one may. */
export function whyNoNewRooms(shard: ShardRecord): string | undefined {
  const unwanted = whyUnwanted(shard);
  if (unwanted !== undefined || shard.observed === 'ready') return unwanted;
  return `${shard.observed}: ${shard.reason}`;
}

interface Comparison {
  /** Of the pool. */
  shards: readonly ShardRecord[];
  /** Bucket number -> shard that it prefers. */
  current: ReadonlyMap<number, string>;
  /** Shard -> headroom, of those that may be given buckets. */
  headroom: ReadonlyMap<string, number>;
  /** The same as far as it was said: the rest is guessed. */
  known: ReadonlyMap<string, number>;
  /** Shards that are given buckets now. */
  chosen: ReadonlySet<string>;
}

/** Every shard of a pool, with what it is worth in buckets or why it may have none. */
export function bucketCandidates({ shards, current, headroom, known, chosen }: Comparison): Candidate[] {
  const held = new Map<string, number>();
  for (const shard of current.values()) held.set(shard, (held.get(shard) ?? 0) + 1);
  const shares = sharesOf(headroom);
  return shards.map((shard) => {
    const { name } = shard;
    const has = `has ${held.get(name) ?? 0} buckets`;
    const why = whyNoNewRooms(shard);
    if (why !== undefined) return { name, chosen: false, reason: `not eligible: ${why}; ${has}` };
    const guess = known.has(name) ? '' : ' (unknown, taken for the mean)';
    const worth = `its headroom${guess} is worth ${shares.get(name) ?? 0}`;
    return { name, chosen: chosen.has(name), reason: `eligible: ${has}, ${worth}` };
  });
}
