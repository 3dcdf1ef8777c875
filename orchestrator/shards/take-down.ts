import type { CommandAnswer } from '../../haproxy/stick-table/commands.ts';
import { type Candidate, outcomeOf } from '../audit/audit.ts';
import { type Control, operationId } from '../control/control.ts';

/** Which shard goes down, and why. */
export interface Downfall {
  shard: string;
  /** `forced`: by its operator's word, however well it is. */
  cause: 'health' | 'forced';
  reason: string;
  candidates?: readonly Candidate[];
}

/**
 * Begins to take a shard down: out of every proxy with all of its sessions, and then its rooms are seated anew on
 * others. One that was forced is not admitted again while it drains or is being removed. Refused when it is not in
 * service or is being taken out already.
 */
export async function takeDown(control: Control, downfall: Downfall): Promise<CommandAnswer> {
  const { shard, cause, reason, candidates = [] } = downfall;
  const id = operationId('shard-down');
  const answer = await control.table.shardOut(id, shard, cause, reason);
  control.log.warn({ shard, cause, reason, answer }, 'taking a shard down');
  control.audit.record({
    actor: cause === 'forced' ? 'operator' : 'orchestrator',
    action: 'shard.out',
    shards: [shard],
    reason,
    inputs: { operation: id, cause },
    candidates,
    outcome: outcomeOf(answer),
  });
  return answer;
}
