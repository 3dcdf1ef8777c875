import { hostPort } from '../../haproxy/config/address.ts';
import { agreedPrimary, askSentinels } from '../../haproxy/stick-table/sentinels.ts';
import type { Control } from '../control/control.ts';
import type { FleetStatus } from './schema/fleet.ts';

/** Which Redis is primary, and who stands behind it. */
export async function viewRedis({
  fleet: { redis },
  table,
}: Pick<Control, 'fleet' | 'table'>): Promise<Omit<FleetStatus['redis'], 'ok' | 'reason'>> {
  const replicas = await readReplicas(table);
  if (redis.sentinels === undefined) {
    return { primary: new URL(redis.url ?? '').host, replicas, sentinels: null };
  }
  const views = await askSentinels(redis);
  const primary = agreedPrimary(views, redis.sentinels.length);
  const name = primary ? hostPort(primary) : null;
  const agree = views.filter((view) => hostPort(view.primary) === name).length;
  return { primary: name, replicas, sentinels: { agree, of: redis.sentinels.length } };
}

async function readReplicas(table: Control['table']): Promise<number | null> {
  try {
    const info = await table.redis.info('replication');
    return Number(/^connected_slaves:(\d+)/m.exec(info)?.[1] ?? 0);
  } catch {
    return null;
  }
}
