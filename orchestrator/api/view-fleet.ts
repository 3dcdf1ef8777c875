import { messageOf } from '../../common/errors.ts';
import type { Control } from '../control/control.ts';
import { whyFleetUnknown } from './assert-known.ts';
import { NotYetError } from './not-yet-error.ts';
import type { FleetStatus } from './schema/fleet.ts';
import { viewOrchestrators } from './view-orchestrators.ts';
import { viewProxies } from './view-proxies.ts';
import { viewRedis } from './view-redis.ts';
import { viewShards } from './view-shards.ts';
import { viewGroups } from './view-signalling.ts';
import { summarizeSplits } from './view-splits.ts';

/**
 * The whole fleet at a glance; what cannot be had is said in `redis`.
 *
 * @throws NotYetError where Redis is well, and its table or the overlays are about to be read
 */
export async function viewFleet(control: Control): Promise<FleetStatus> {
  const shards = viewShards(control);
  const unknown = whyFleetUnknown(control);
  const base = {
    fleet: control.fleet.name,
    orchestrators: await viewOrchestrators(control),
    rooms: control.mirror()?.rooms.size ?? 0,
    participants: shards.reduce((sum, { participants }) => sum + (participants ?? 0), 0),
    shards,
    signalling: viewGroups(control),
    splits: summarizeSplits(control),
  };
  const table = await viewTable(control);
  if (table.redis.ok && unknown !== undefined) throw new NotYetError(unknown);
  return { ...base, ...table };
}

/** What Redis itself says. */
async function viewTable(control: Control): Promise<Pick<FleetStatus, 'redis' | 'proxies' | 'operations'>> {
  try {
    const [agents, operations] = await Promise.all([control.table.agents(), control.table.operations()]);
    return {
      redis: { ...(await viewBlessing(control)), ...(await viewRedis(control)) },
      proxies: await viewProxies(control),
      operations: [...operations].map(([id, { kind, phase, startedAt, acks }]) => ({
        id,
        kind,
        phase,
        startedAt: new Date(startedAt).toISOString(),
        silent: [...agents.keys()].filter((agent) => !acks[agent]),
      })),
    };
  } catch (error) {
    const redis = { ok: false, reason: messageOf(error), ...(await viewRedis(control)) };
    return { redis, proxies: [], operations: [] };
  }
}

async function viewBlessing(control: Control): Promise<Pick<FleetStatus['redis'], 'ok' | 'reason'>> {
  const blessed = await control.table.isBlessed();
  if (blessed) return { ok: true, reason: '' };
  return {
    ok: false,
    reason: `Redis was lost, and its table is being rebuilt: ${control.rebuild.reason ?? 'about to begin'}; known rooms stay, new ones go by their buckets`,
  };
}
