import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { CensusBook } from '../rooms/census-book.ts';

/**
 * Why a shard that went down may not be admitted yet, however well it is; undefined when it may, or when it did not
 * go down.
 *
 * @param censusesToBeSure how many empty censuses in a row it takes
 */
export function whyStillOut(
  record: ShardRecord | undefined,
  { desired }: Pick<ShardSpec, 'desired'>,
  mirror: StickTableMirror,
  censuses: CensusBook,
  censusesToBeSure: number,
): string | undefined {
  if (!record || record.removed || record.admitted || record.observed !== 'down') return undefined;
  if ([...mirror.subjects.values()].includes(record.name)) return 'its rooms are being seated elsewhere';
  if (record.removing || desired === 'draining') return 'its rooms were forced off, and it is to have none';
  // Of its former life: people who were cut and whom its Prosody has not missed yet.
  if (censuses.emptyFor(incarnationOf(record), censusesToBeSure)) return undefined;
  return 'waits until censuses no longer show rooms of its former life';
}
