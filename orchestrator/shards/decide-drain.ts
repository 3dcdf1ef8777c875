import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { Wish } from '../../shards/spec/schema.ts';
import type { DrainStatus } from './drain-status.ts';

/** All that decides what becomes of a shard that drains. */
export interface DrainView {
  /** The operator's word, from the overlay. */
  wish: Wish;
  /** What the table says of it; undefined when it was never recorded. */
  record: Pick<ShardRecord, 'admitted' | 'removing' | 'desired'> | undefined;
  status: DrainStatus;
  /** Is an operation on the whole shard under way: is it being taken out or declared down? */
  inOperation: boolean;
  /** Does another shard of its pool take new rooms? */
  hasHeirs: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** What to do about a shard that drains, and why. */
export type DrainDecision =
  | { do: 'nothing'; reason: string }
  /** The deadline has passed, and people are left: it is said, and they stay. */
  | { do: 'say-late'; reason: string }
  /** Its rooms are cut, and seated anew elsewhere. */
  | { do: 'force-off'; reason: string }
  /** Every proxy lets go of it, and then it is removed. */
  | { do: 'take-out'; reason: string }
  /** The table does not know it: it is deleted at once. */
  | { do: 'delete'; reason: string };

/** What to do about a shard whose operator may want it drained; a removal follows a drain. */
export function decideDrain(view: DrainView): DrainDecision {
  const { wish, record, status, inOperation, now } = view;
  if (wish.desired !== 'draining') return { do: 'nothing', reason: 'it is not to be drained' };
  if (inOperation) return { do: 'nothing', reason: 'it is being taken out of every proxy' };
  const isEmpty = status.rooms === 0 && (status.participants ?? 0) === 0;
  if (!record) {
    if (wish.removing) return { do: 'delete', reason: 'it was never in service' };
    return { do: 'nothing', reason: 'it was never in service' };
  }
  if (!record.admitted) {
    if (wish.removing && record.removing) return { do: 'take-out', reason: 'no proxy sends anybody to it' };
    return { do: 'nothing', reason: 'no proxy sends anybody to it' };
  }
  // The table lags behind the overlay for a moment, in which the shard may still get rooms.
  if (record.desired !== 'draining') return { do: 'nothing', reason: 'the drain is about to begin' };
  if (status.drained) {
    if (wish.removing && record.removing) return { do: 'take-out', reason: 'it is drained' };
    return { do: 'nothing', reason: 'it is drained' };
  }
  if (isEmpty) return { do: 'nothing', reason: 'it seems empty; a few more looks make sure' };
  const isLate = wish.deadline !== undefined && now >= wish.deadline;
  if (wish.force && (isLate || wish.deadline === undefined)) {
    if (!view.hasHeirs) return { do: 'nothing', reason: 'no other shard of its pool takes new rooms' };
    return { do: 'force-off', reason: isLate ? 'its deadline has passed' : 'its operator forces it' };
  }
  if (isLate) return { do: 'say-late', reason: 'its deadline has passed, and nobody is cut without force' };
  return { do: 'nothing', reason: 'its rooms end by themselves' };
}
