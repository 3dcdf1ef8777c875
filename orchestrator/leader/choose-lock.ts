import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { Leader, LeaderLock } from './leader-lock.ts';
import { RedisLock } from './redis-lock.ts';

/**
 * The lock that a fleet's orchestrators stand for: a Lease in the cluster that they run in, else a key in Redis. Throws
 * UsageError when there is no cluster to be reached by the kubeconfig.
 */
export async function chooseLock(
  fleet: Pick<Fleet, 'name' | 'driver'>,
  connection: RedisConnection,
  self: Leader,
): Promise<LeaderLock> {
  switch (fleet.driver) {
    case 'local':
      return new RedisLock(connection, fleet.name, self);
    case 'kubernetes': {
      // Costs 0.6 s and 130 MB, which a fleet without a cluster does without.
      const { createLeaseLock } = await import('./create-lease-lock.ts');
      return createLeaseLock(fleet.name, connection, self);
    }
    default:
      return fleet.driver satisfies never;
  }
}
