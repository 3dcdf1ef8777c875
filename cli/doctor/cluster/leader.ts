import { type Lease, lease } from '../../../orchestrator/leader/lease.ts';
import { error, type Finding } from '../finding.ts';
import type { ClusterCheck } from './cluster-view.ts';

/** Beside the lease's own time: clocks of machines differ. */
const spareMs = 10_000;
const where = 'the Lease usher-leader';

/** Does an orchestrator lead? */
export const leaderCheck: ClusterCheck = {
  name: 'leader',
  about: 'an orchestrator holds the Lease, and renews it',
  live: false,
  async run({ server, namespace }) {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/usher-leader`;
    return judgeLease(await server.find(path, lease), Date.now());
  },
};

/** What is wrong with the Lease at `now`, in milliseconds since the epoch. */
export function judgeLease(found: Lease | undefined, now: number): Finding[] {
  const advice = 'see the check processes, and the logs of the orchestrators: nobody leads meanwhile';
  if (found === undefined) return [error(where, 'is not there: no orchestrator has ever led', advice)];
  const { holderIdentity, renewTime, leaseDurationSeconds = 0 } = found.spec;
  if (holderIdentity === '') return [error(where, 'is held by nobody', advice)];
  const age = now - Date.parse(renewTime ?? '');
  if (age <= leaseDurationSeconds * 1_000 + spareMs) return [];
  return [error(where, `was last renewed at ${renewTime ?? 'no time'}, by ${holderIdentity}`, advice)];
}
