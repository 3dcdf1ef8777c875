import type { ShardRecord } from '../../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { ShardChange } from './changes-file.ts';
import type { GroupShard, GroupShardState } from './decide-shards.ts';
import { loadOf, type Signalling } from './signalling.ts';

/** The shards of each region in each pool, by `pool/region`. */
export function groupShards(specs: readonly ShardSpec[]): Map<string, [ShardSpec, ...ShardSpec[]]> {
  const groups = new Map<string, [ShardSpec, ...ShardSpec[]]>();
  for (const spec of specs) {
    const name = `${spec.pool}/${spec.region}`;
    const group = groups.get(name);
    if (group) group.push(spec);
    else groups.set(name, [spec]);
  }
  return groups;
}

/**
 * A shard as the decision sees it.
 *
 * @param record of its present life, if the table has one
 * @param change what usher did to it last, if anything
 */
export function viewGroupShard(
  spec: ShardSpec,
  record: ShardRecord | undefined,
  signalling: Signalling,
  change: ShardChange | undefined,
): GroupShard {
  return {
    name: spec.name,
    state: stateOf(spec, record, change),
    limit: signalling.limits.participants,
    // Nobody is sent to one that is not in service.
    load: record?.admitted ? loadOf(signalling) : 0,
  };
}

function stateOf(
  spec: ShardSpec,
  record: ShardRecord | undefined,
  change: ShardChange | undefined,
): GroupShardState {
  if (spec.removing) return 'leaving';
  if (spec.desired === 'draining') return change?.did === 'drained' ? 'spare' : 'leaving';
  if (spec.desired === 'cordoned' || spec.weight === 0) return 'closed';
  if (!record) return 'starting';
  switch (record.observed) {
    case 'ready':
      return record.admitted && record.desired === 'active' ? 'open' : 'starting';
    case 'provisioning':
      return 'starting';
    case 'degraded':
      return 'unwell';
    case 'down':
      return 'down';
    default:
      return record.observed satisfies never;
  }
}
