import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import { isTakenOut } from '../shards/taken-out.ts';

/**
 * Where to read a shard's census. `gone`: its Prosody does not run and nobody starts it again, so that nobody is on it.
 * Undefined: not known yet, which says nothing.
 *
 * @param kept what the shard's keeper knows; a shard that is taken out has none, and its overlay may be gone
 * @param existing what the driver says there is
 */
export function censusSource(
  shard: ShardRecord,
  kept: ShardEndpoints | undefined,
  existing: readonly ShardEndpoints[],
): ShardEndpoints | 'gone' | undefined {
  if (!isTakenOut(shard)) return kept;
  const found = existing.find(({ name }) => name === shard.name);
  return found?.startedAt === undefined ? 'gone' : found;
}
