import type { Candidate } from '../audit/audit.ts';
import type { Intent } from '../audit/sparing-audit.ts';
import type { OperationAct, OperationView } from './operation-view.ts';

/**
 * What the audit says of a step about to be taken. Undefined for the end of a batch of rooms: it says nothing that
 * their deletion has not said, and comes every few seconds.
 */
export function operationIntent(view: OperationView, step: OperationAct): Intent | undefined {
  const { kind, phase, subject } = view.record;
  if (kind === 'retire' && step.do === 'finish') return undefined;
  const moving = [...view.mirror.moves.values()].filter(({ operation }) => operation === view.id);
  const shards = subject === undefined ? moving.map(({ to }) => to) : [subject];
  const heirs = heirsOf(step);
  return {
    actor: 'orchestrator',
    action: `${kind}.${step.do}`,
    shards: [...new Set([...shards, ...shardsOf(view, step)])],
    rooms: roomsOf(step),
    reason: step.reason,
    inputs: {
      operation: view.id,
      phase,
      ...(view.record.cause !== undefined && { cause: view.record.cause }),
      ...(kind === 'move' && { buckets: moving.length }),
      ...(view.ackedAt !== undefined && { ackedAt: new Date(view.ackedAt).toISOString() }),
    },
    ...(heirs.length > 0 && { candidates: heirs }),
  };
}

/** Who gets the buckets of a shard that goes down. */
function heirsOf(step: OperationAct): Candidate[] {
  if (step.do !== 'shard-down') return [];
  const given = new Map<string, number>();
  for (const shard of step.targets.values()) given.set(shard, (given.get(shard) ?? 0) + 1);
  return [...given].map(([name, count]) => ({ name, chosen: true, reason: `gets ${count} buckets` }));
}

function roomsOf(step: OperationAct): string[] {
  if (step.do === 'delete') return step.rooms;
  return step.do === 'flip' ? [...step.adopted.keys(), ...step.pinned.keys()] : [];
}

/** Where those rooms sit. */
function shardsOf({ mirror }: OperationView, step: OperationAct): string[] {
  if (step.do === 'delete') return step.rooms.flatMap((room) => mirror.rooms.get(room)?.shard ?? []);
  return step.do === 'flip' ? [...step.adopted.values(), ...step.pinned.values()] : [];
}
