import { hostPort } from '../../haproxy/config/address.ts';
import { isLoopback } from './collide.ts';
import { type Finding, listeners } from './rules.ts';
import type { Fleet } from './schema.ts';

/** What is wrong with a fleet whose parts are pods of a cluster, each with an address of its own. */
export function checkPods(fleet: Fleet): Finding[] {
  return [...ownNodes(fleet), ...severalApis(fleet), ...unreachable(fleet)];
}

function ownNodes({ redis }: Fleet): Finding[] {
  if (redis.nodes === undefined) return [];
  const message = 'in Kubernetes the StatefulSet redis runs them: leave it out, and name the sentinels';
  return [{ path: ['redis', 'nodes'], message }];
}

function severalApis({ orchestrator }: Fleet): Finding[] {
  if (orchestrator.api.length === 1) return [];
  const found = orchestrator.api.map(hostPort).join(', ');
  const message = `expected one address, as in 0.0.0.0:8700: every pod listens there; found ${found}`;
  return [{ path: ['orchestrator', 'api'], message }];
}

/** Everything that a pod listens on is for others: proxies, orchestrators, probes, scrapes. */
function unreachable(fleet: Fleet): Finding[] {
  const sentinels = (fleet.redis.sentinels ?? []).map((address, index) => ({
    path: ['redis', 'sentinels', index],
    address,
  }));
  const all = [...listeners(fleet).map(([path, address]) => ({ path, address })), ...sentinels];
  return all
    .filter(({ address }) => isLoopback(address))
    .map(({ path, address }) => ({
      path,
      message: `in Kubernetes nobody outside its pod reaches it; found "${address.host}"`,
    }));
}
