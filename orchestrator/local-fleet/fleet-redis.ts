import { UsherError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { connectRedis } from '../../haproxy/stick-table/connection.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import type { Fleet } from '../fleet/schema.ts';
import { tenantPools } from '../fleet/tenant-changes.ts';
import { ownRedis } from './own-redis.ts';
import type { FleetPaths } from './paths.ts';
import { startOwnRedis } from './start-own-redis.ts';

/**
 * Starts the fleet's Redis, if it has one of its own, and takes it into use.
 * @throws UsherError when it does not answer, or holds a table that must be rebuilt.
 */
export async function startRedis(
  fleet: Fleet,
  paths: FleetPaths,
  processes: ProcessDirectory,
  signal: AbortSignal,
): Promise<void> {
  const own = ownRedis(fleet);
  if (own) await startOwnRedis(fleet, own, paths, processes, signal);
  const answer = await withTable(fleet, (table) => table.bless(tenantPools(fleet)));
  if (!answer.ok) throw new UsherError(`${nameOf(fleet)} cannot be used: ${answer.reason}`);
}

/** Does Redis answer, and does it hold this fleet's table? */
export async function isRedisBlessed(fleet: Fleet): Promise<boolean> {
  try {
    return await withTable(fleet, (table) => table.isBlessed());
  } catch {
    return false;
  }
}

async function withTable<T>(fleet: Fleet, work: (table: StickTable) => Promise<T>): Promise<T> {
  const connection = connectRedis(fleet.redis, createLogger('usher', 'silent'));
  try {
    const describe = () => `${nameOf(fleet)} does not answer`;
    await waitFor(() => connection.runId(), { timeoutMs: 5_000, everyMs: 20, describe }).catch(
      (cause: unknown) => {
        throw new UsherError(`${describe()}: is it up, and do user and password fit?`, undefined, { cause });
      },
    );
    return await work(new StickTable(connection, fleet.name));
  } finally {
    connection.close();
  }
}

/** Redis as messages name it: without a password. */
function nameOf({ redis }: Fleet): string {
  if (redis.url === undefined) return `Redis "${redis.primary}", by the fleet file's sentinels,`;
  return `Redis at ${new URL(redis.url).host}, the fleet file's redis.url,`;
}
