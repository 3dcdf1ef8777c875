import type { Control } from '../control/control.ts';
import type { OperationView } from './operation-view.ts';

/**
 * Ends the life of a shard that every proxy has let go of, and gives its buckets to others.
 * @throws Error when the table refuses, since it has changed meanwhile.
 */
export async function endLife(
  control: Control,
  { id, record }: OperationView,
  { targets, reason }: { targets: ReadonlyMap<string, string>; reason: string },
): Promise<void> {
  const answer = await control.table.shardDown(id, targets);
  if (!answer.ok) throw new Error(`${id}: ${answer.reason}`);
  const given = new Map<string, number>();
  for (const shard of targets.values()) given.set(shard, (given.get(shard) ?? 0) + 1);
  control.audit.record({
    actor: 'orchestrator',
    action: 'shard.down',
    shards: [record.subject ?? ''],
    reason,
    inputs: { cause: record.cause, next: answer.values[0] },
    candidates: [...given].map(([name, count]) => ({ name, chosen: true, reason: `gets ${count} buckets` })),
    outcome: 'ok',
  });
}

/** Takes a shard back that was well again in time. @throws Error when the table refuses. */
export async function goOnLiving(
  control: Control,
  { id, record }: OperationView,
  { reason }: { reason: string },
): Promise<void> {
  const answer = await control.table.shardUp(id);
  if (!answer.ok) throw new Error(`${id}: ${answer.reason}`);
  const shards = [record.subject ?? ''];
  control.audit.record({ actor: 'orchestrator', action: 'shard.up', shards, reason, outcome: 'ok' });
}
