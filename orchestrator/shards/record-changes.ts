import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { AuditEntry } from '../audit/audit.ts';

/** What the audit says of a shard's new record; its health, which changes by itself, is told by `healthChange`. */
export function recordChanges(before: ShardRecord | undefined, after: ShardRecord): AuditEntry[] {
  const entry = (action: string, reason: string, inputs: Record<string, unknown>): AuditEntry => ({
    actor: 'orchestrator',
    action,
    shards: [incarnationOf(after)],
    reason,
    inputs,
    outcome: 'ok',
  });
  const entries: AuditEntry[] = [];
  const { pool, region, address, desired } = after;
  if (before?.incarnation !== after.incarnation) {
    entries.push(entry('shard.add', 'its overlay asks for it', { pool, region, address, desired }));
  } else if (before.desired !== desired) {
    entries.push(
      entry('shard.desired', `its overlay now says ${desired}`, { from: before.desired, to: desired }),
    );
  }
  if (after.admitted && !before?.admitted) {
    entries.push(
      entry('shard.admit', 'its probes were well often enough: every proxy may send it rooms', {}),
    );
  }
  return entries;
}
