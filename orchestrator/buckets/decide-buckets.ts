import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { Candidate } from '../audit/audit.ts';
import { bucketCandidates, whyNoNewRooms, whyUnwanted } from './bucket-candidates.ts';
import { sharesOf, spreadBuckets } from './spread.ts';

/** A share that is off by more than this part of itself is worth moving buckets for. */
const tolerance = 0.25;

/** What the buckets of one pool are decided by. */
export interface BucketsInput {
  pool: string;
  mirror: StickTableMirror;
  /** Shard name -> headroom, in one unit for all; missing: unknown, taken for the mean of the others. */
  headroom: ReadonlyMap<string, number>;
  /** Should buckets wait for their first shard? While a fleet starts, so that the first shard up does not get all. */
  waitForMore: boolean;
  /** May shares that are merely uneven be evened out now? */
  mayRebalance: boolean;
}

/**
 * `targets`: `pool/bucket` -> shard; `assign` for buckets without any, `move` for the others. `wait`: something is
 * not as it should be, and stays so for now.
 */
export type BucketsDecision =
  | { do: 'nothing'; reason: string }
  | { do: 'wait'; reason: string; candidates: Candidate[] }
  | { do: 'assign' | 'move'; targets: Map<string, string>; reason: string; candidates: Candidate[] };

/** What must change so that every shard holds buckets in proportion to its headroom. */
export function decideBuckets(input: BucketsInput): BucketsDecision {
  const { pool, mirror } = input;
  const shards = [...mirror.shards.values()].filter((shard) => shard.pool === pool && !shard.removed);
  const wanted = shards.filter((shard) => whyUnwanted(shard) === undefined);
  const eligible = wanted.filter(takesNewRooms);
  const current = bucketsOf(mirror, pool);
  const headroom = fillUnknown(eligible, input.headroom);
  const candidates = (targets: Iterable<string> = []) =>
    bucketCandidates({ shards, current, headroom, known: input.headroom, chosen: new Set(targets) });
  const wait = (reason: string): BucketsDecision => ({ do: 'wait', reason, candidates: candidates() });
  if (eligible.length === 0) return wait('no shard takes new rooms');
  if (eligible.length * 2 < wanted.length) {
    return wait('most shards look unwell at once: the probes are doubted');
  }
  const moves = [...spreadBuckets(current, headroom)];
  const give = (some: typeof moves) => ({
    targets: new Map(some.map(([bucket, shard]) => [`${pool}/${bucket}`, shard])),
    candidates: candidates(some.map(([, shard]) => shard)),
  });

  const first = moves.filter(([bucket]) => !current.has(bucket));
  if (first.length > 0) {
    if (input.waitForMore) return wait('waits for the fleet’s other shards');
    return { do: 'assign', ...give(first), reason: 'buckets without a shard' };
  }
  if (moves.length === 0) return { do: 'nothing', reason: 'every shard has its share' };
  const reason = whyMove(current, headroom, input.mayRebalance);
  if (reason === undefined) return { do: 'nothing', reason: 'shares are near enough' };
  return { do: 'move', ...give(moves), reason };
}

/** May buckets prefer this shard? */
export function takesNewRooms(shard: ShardRecord): boolean {
  return whyNoNewRooms(shard) === undefined;
}

/** A pool's buckets with the shard that each prefers. */
export function bucketsOf(mirror: StickTableMirror, pool: string): Map<number, string> {
  const current = new Map<number, string>();
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const shard = mirror.preferences.get(`${pool}/${bucket}`);
    if (shard !== undefined) current.set(bucket, shard);
  }
  return current;
}

/** The headroom of each shard, the mean of the known ones where it is not. */
export function fillUnknown(
  eligible: readonly ShardRecord[],
  known: ReadonlyMap<string, number>,
): Map<string, number> {
  const said = eligible.flatMap(({ name }) => known.get(name) ?? []);
  const mean = said.length > 0 ? said.reduce((sum, one) => sum + one, 0) / said.length : 1;
  return new Map(eligible.map(({ name }) => [name, known.get(name) ?? mean]));
}

function whyMove(
  current: ReadonlyMap<number, string>,
  headroom: ReadonlyMap<string, number>,
  mayRebalance: boolean,
): string | undefined {
  const held = new Map<string, number>();
  for (const shard of current.values()) held.set(shard, (held.get(shard) ?? 0) + 1);
  for (const shard of held.keys()) if (!headroom.has(shard)) return `${shard} takes no new rooms`;
  const shares = sharesOf(headroom);
  for (const shard of shares.keys()) if (!held.has(shard)) return `${shard} has no buckets yet`;
  if (!mayRebalance) return undefined;
  for (const [shard, share] of shares) {
    const has = held.get(shard) ?? 0;
    if (Math.abs(has - share) > tolerance * share) {
      return `${shard} holds ${has} buckets where its headroom is worth ${share}`;
    }
  }
  return undefined;
}
