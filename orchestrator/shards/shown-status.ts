import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardStatus } from '../../shards/status-sink.ts';
import type { DrainStatus } from './drain-status.ts';

/** What is known of one shard, for those who look at its platform. */
export interface KnownOfShard {
  /** Undefined: the table knows nothing of it yet. */
  readonly record: ShardRecord | undefined;
  readonly drain: DrainStatus | undefined;
  /** What the last probes said; undefined before any. */
  readonly probed: string | undefined;
  /** Why its wish cannot be read; undefined when it can. */
  readonly refused: string | undefined;
}

/** A shard in one word, with its reason: what its operator should know first comes first. */
export function shownStatus({ record, drain, probed, refused }: KnownOfShard): ShardStatus {
  const numbers = { rooms: drain?.rooms, participants: drain?.participants };
  if (refused !== undefined) {
    return { state: 'refused', reason: `${refused}; the last good one stands`, ...numbers };
  }
  if (!record) return { state: 'provisioning', reason: probed ?? 'not probed yet', ...numbers };
  if (record.removed) {
    const reason = 'no proxy sends anybody to it; what is left of it may be deleted';
    return { state: 'removed', reason, rooms: 0, participants: undefined };
  }
  const { observed, reason, desired, removing, admitted } = record;
  if (observed === 'down') return { state: 'down', reason, ...numbers };
  if (desired === 'draining' && drain) {
    const left = `${drain.rooms} rooms, ${drain.participants ?? 'unknown'} participants left`;
    const isEmpty = drain.drained || (removing && !admitted);
    return {
      state: isEmpty ? 'drained' : 'draining',
      reason: isEmpty ? 'nobody is on it' : left,
      ...numbers,
    };
  }
  if (observed === 'ready' && desired !== 'active') {
    return { state: desired, reason: 'its operator wants no new rooms on it', ...numbers };
  }
  return { state: observed, reason: reason || 'all probes are well', ...numbers };
}
