import type { FleetStatus } from '../../../orchestrator/api/schema/fleet.ts';
import { judgeShard } from '../checks/shards.ts';
import { error, type Finding, warn } from '../finding.ts';
import type { ClusterCheck } from './cluster-view.ts';

/** Beside G, which an operation waits for at most twice: acknowledgements, censuses, a slow machine. */
const spareMs = 60_000;

/** Does Redis decide? */
export const redisCheck = byStatus('redis', 'Redis decides', ({ redis: { ok, reason } }) =>
  ok ? [] : [error('Redis', `does not decide: ${reason}`, 'see the pods of redis, and docs/recover.md')],
);

/** Does every proxy hold what the stick table says? */
export const driftCheck = byStatus('drift', 'every proxy is in step with the stick table', ({ proxies }) =>
  proxies.flatMap(({ name, inStep, error: away }) => {
    if (away !== null) return [error(name, `its agent does not answer: ${away}`, `see the pod ${name}`)];
    const advice = `see the logs of the pod ${name}; changes of shards and buckets wait for it`;
    return inStep ? [] : [error(name, 'its agent has not brought HAProxy in step', advice)];
  }),
);

/** Is every shard well? */
export const shardsCheck = byStatus('shards', 'every shard is ready', ({ shards }) =>
  shards.flatMap((shard) =>
    judgeShard(shard, `\`kubectl -n jitsi-${shard.name} get pods,events\` shows more`),
  ),
);

/** Does every change come to its end? */
export const operationsCheck = byStatus('operations', 'no change is stuck', ({ operations }, graceMs) =>
  operations
    .filter(({ startedAt }) => Date.now() - Date.parse(startedAt) > 2 * graceMs + spareMs)
    .map(({ id, kind, phase, startedAt, silent }) => {
      const waits = silent.length > 0 ? `not acknowledged by ${silent.join(', ')}` : 'acknowledged by all';
      const what = `a ${kind} has been in phase ${phase} since ${startedAt}, ${waits}`;
      return warn(id, what, 'see the checks processes, drift and shards');
    }),
);

/** A check of what the orchestrator says; that it says nothing is the matter of the check `processes`. */
function byStatus(
  name: string,
  about: string,
  judge: (status: FleetStatus, graceMs: number) => Finding[],
): ClusterCheck {
  return {
    name,
    about,
    live: true,
    run: async ({ status, fleet }) => (status.ok ? judge(status.value, fleet.timings.graceMs) : []),
  };
}
