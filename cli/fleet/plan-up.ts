import { hostPort } from '../../haproxy/config/address.ts';
import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import { readFleetShards } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { processNames } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { ownRedis } from '../../orchestrator/local-fleet/own-redis.ts';

/** What `usher up` would start, when these processes run; throws UsageError when an overlay is wrong. */
export async function planUp(
  folder: string,
  fleet: Fleet,
  running: readonly string[],
): Promise<ChangeAnswer> {
  const shards = await readFleetShards(folder, fleet);
  if (running.includes(processNames.supervisor)) return { changed: false, actions: [] };
  const several = fleet.orchestrator.api.length > 1;
  const names = [
    ...redisParts(fleet),
    ...(several
      ? fleet.orchestrator.api.map((api) => `the orchestrator at ${hostPort(api)}`)
      : ['the orchestrator']),
    ...fleet.proxies.flatMap(({ name }) => [`the agent of ${name}`, `the HAProxy of ${name}`]),
    ...shards.map(({ name }) => `shard ${name}`),
  ];
  return { changed: true, actions: names.map((name) => `start ${name}`) };
}

function redisParts(fleet: Fleet): string[] {
  const sentinels = ownRedis(fleet)?.sentinels ?? [];
  if (sentinels.length === 0) return ['Redis'];
  const replicas = (fleet.redis.nodes?.length ?? 1) - 1;
  return ['Redis', `${replicas} replicas of it`, `${sentinels.length} Sentinels`];
}
