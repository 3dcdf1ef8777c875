import { messageOf } from '../../common/errors.ts';
import type { Control } from '../control/control.ts';
import type { FleetStatus } from './schema/fleet.ts';
import { viewOrchestrators } from './view-orchestrators.ts';
import { viewProxies } from './view-proxies.ts';
import { viewRedis } from './view-redis.ts';
import { viewShards } from './view-shards.ts';
import { viewGroups } from './view-signalling.ts';
import { summarizeSplits } from './view-splits.ts';

/** The whole fleet at a glance; what cannot be had is said in `redis`. */
export async function viewFleet(control: Control): Promise<FleetStatus> {
  const shards = viewShards(control);
  const base = {
    fleet: control.fleet.name,
    orchestrators: await viewOrchestrators(control),
    rooms: control.mirror()?.rooms.size ?? 0,
    participants: shards.reduce((sum, { participants }) => sum + (participants ?? 0), 0),
    shards,
    signalling: viewGroups(control),
    splits: summarizeSplits(control),
  };
  try {
    const [agents, operations] = await Promise.all([control.table.agents(), control.table.operations()]);
    return {
      ...base,
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
    return { ...base, redis, proxies: [], operations: [] };
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
