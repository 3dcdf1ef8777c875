import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Health } from './health.ts';

/**
 * What the table must say of a shard, given what it says now, what its operator wants and how it is. The version
 * is that of `before`; a changed record is written with the next one.
 *
 * @param address where its web answers
 * @param freeServerId a HAProxy server id that no shard has or had
 * @param whyOut why it may not be admitted though it may be well; see still-out.ts
 */
export function decideRecord(
  before: ShardRecord | undefined,
  spec: ShardSpec,
  address: ShardRecord['address'],
  health: Health,
  freeServerId: number,
  whyOut?: string,
): ShardRecord {
  const life = before && !before.removed ? before : undefined;
  const removing = spec.removing ?? false;
  // Once a removal is asked for, only the removal itself may put the shard back.
  const mayBeAdmitted = health.observed === 'ready' && !removing && whyOut === undefined;
  return {
    name: spec.name,
    version: before?.version ?? 0,
    incarnation: life?.incarnation ?? (before?.incarnation ?? 0) + 1,
    serverId: life?.serverId ?? freeServerId,
    region: spec.region,
    pool: spec.pool,
    address,
    desired: spec.desired,
    observed: whyOut === undefined ? health.observed : 'down',
    reason: (health.observed === 'ready' && whyOut) || health.reason,
    admitted: (life?.admitted ?? false) || mayBeAdmitted,
    removing,
    removed: false,
  };
}

/** Do two records say the same? Their versions do not count. */
export function sameRecord(a: ShardRecord | undefined, b: ShardRecord): boolean {
  return a !== undefined && JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(record: ShardRecord): unknown {
  const { host, port } = record.address;
  return Object.entries({ ...record, version: 0, address: `${host}:${port}` }).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
}
