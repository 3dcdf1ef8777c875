import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { drainStatuses } from '../shards/drain-status.ts';
import type { UpgradeShard } from './upgrade-view.ts';

/** A census that is older than so many rounds says nothing of now. */
const roundsToBeFresh = 5;

/** Every shard with an overlay as it is now, read anew: an upgrade decides by nothing older. */
export async function upgradeShards(
  control: Control,
  mirror: StickTableMirror,
): Promise<Map<string, UpgradeShard>> {
  const specs = await control.wishes.shards();
  const { censusesToEnd, censusEveryMs } = control.fleet.timings;
  const statusOf = drainStatuses(mirror, control.censuses, censusesToEnd);
  const censuses = control.censuses.latest();
  const viewOf = (spec: ShardSpec): UpgradeShard => {
    const record = livingRecord(mirror, spec.name);
    if (!record) {
      return { spec, record, buckets: 0, rooms: 0, participants: undefined, censusIsFresh: false };
    }
    const { buckets, rooms, participants } = statusOf(record);
    const begunAt = censuses.get(incarnationOf(record))?.begunAt ?? 0;
    const censusIsFresh = Date.now() - begunAt < roundsToBeFresh * censusEveryMs;
    return { spec, record, buckets, rooms, participants, censusIsFresh };
  };
  return new Map(specs.map((spec) => [spec.name, viewOf(spec)]));
}

/** Of its present life, if the table has one. */
export function livingRecord(mirror: StickTableMirror, name: string): ShardRecord | undefined {
  const record = mirror.shards.get(name);
  return record?.removed ? undefined : record;
}
