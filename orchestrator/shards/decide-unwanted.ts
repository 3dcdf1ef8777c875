import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';

/** A shard that the table knows and nothing asks for: its overlay went without a removal. */
export interface UnwantedView {
  record: Pick<ShardRecord, 'admitted'>;
  /** Does the platform still list it, or does its web answer? */
  exists: boolean;
  /** Is an operation on the whole shard under way: is it being taken out or declared down? */
  inOperation: boolean;
}

/** What to do about it, and why. */
export type UnwantedDecision =
  | { do: 'leave'; reason: string }
  /** It gets no new rooms, and goes when its meetings have ended. */
  | { do: 'drain'; reason: string }
  /** Its rooms are seated elsewhere. */
  | { do: 'take-down'; reason: string }
  /** Nobody is on it: its record ends. */
  | { do: 'take-out'; reason: string };

/** What to do about a shard that nothing asks for: meetings that still run go on, and all else ends at once. */
export function decideUnwanted({ record, exists, inOperation }: UnwantedView): UnwantedDecision {
  if (inOperation) return { do: 'leave', reason: 'it is being taken out of every proxy' };
  if (!record.admitted) {
    return { do: 'take-out', reason: 'nothing asks for it, and no proxy sends anybody to it' };
  }
  if (exists) return { do: 'drain', reason: 'nothing asks for it any more, and it still runs' };
  return { do: 'take-down', reason: 'nothing asks for it any more, and nothing is left of it' };
}

/** What stands in for the wish of a shard that nothing asks for, while it still runs. */
export function leavingSpec({ name, region, pool }: ShardRecord): ShardSpec {
  // Bounds that leave its bridges as they are.
  const bridges = { min: 1, max: 1_000 };
  return { name, region, pool, bridges, weight: 100, desired: 'draining', removing: true };
}
