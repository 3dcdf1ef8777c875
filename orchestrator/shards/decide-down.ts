import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { Candidate } from '../audit/audit.ts';
import { takesNewRooms } from '../buckets/decide-buckets.ts';
import type { Health } from './health.ts';

/** What to do with shards that look down, one at a time. */
export type DownDecision =
  | { do: 'nothing' }
  | { do: 'hold' | 'take-down'; shard: string; reason: string; candidates: Candidate[] };

/**
 * Which shard's rooms are to be seated elsewhere: one that is in service and looks down to this orchestrator's own
 * probes. Held when more of its pool look down, those that went down before included, than do not: it is likelier
 * then that the prober is cut off; and when nobody could take its rooms.
 */
export function decideDown(mirror: StickTableMirror, health: ReadonlyMap<string, Health>): DownDecision {
  const records = [...mirror.shards.values()].filter((shard) => !shard.removed);
  const leaving = new Set(mirror.subjects.values());
  if (records.some((shard) => shard.observed === 'down' && leaving.has(shard.name))) return { do: 'nothing' };
  const looksDown = (shard: ShardRecord) => health.get(shard.name)?.observed === 'down';
  const isDown = (shard: ShardRecord) => looksDown(shard) || (shard.observed === 'down' && !shard.admitted);
  let held: DownDecision = { do: 'nothing' };
  for (const shard of records) {
    if (!shard.admitted || !looksDown(shard) || leaving.has(shard.name)) continue;
    const pool = records.filter((one) => one.pool === shard.pool && (one.admitted || isDown(one)));
    const down = pool.filter(isDown);
    const candidates = pool.map((one) => ({
      name: one.name,
      chosen: one === shard,
      reason: `${isDown(one) ? 'down' : one.observed}: ${health.get(one.name)?.reason || one.reason || 'well'}`,
    }));
    const hold = (reason: string): DownDecision => ({ do: 'hold', shard: shard.name, reason, candidates });
    if (down.length * 2 > pool.length) {
      held = hold(
        `${down.length} of ${pool.length} shards of pool ${shard.pool} look down: the probes are doubted`,
      );
    } else if (!pool.some((one) => one !== shard && takesNewRooms(one))) {
      held = hold(`no other shard of pool ${shard.pool} takes new rooms`);
    } else {
      const reason = health.get(shard.name)?.reason ?? '';
      return { do: 'take-down', shard: shard.name, reason, candidates };
    }
  }
  return held;
}
