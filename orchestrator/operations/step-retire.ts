import { type OperationStep, type OperationView, waitForAll } from './operation-view.ts';

/**
 * A batch of retiring rooms' next step (protocol.md, "Room end"): deleted when every proxy carries the
 * tombstones and enough censuses since have not shown them. A room shown again has left the batch by itself.
 */
export function stepRetire(view: OperationView): OperationStep {
  const waiting = waitForAll(view);
  if (waiting) return waiting;
  const from = (view.ackedAt ?? 0) + view.graceMs;
  const batch = [...view.mirror.rooms].filter(([, { operation }]) => operation === view.id);
  if (batch.length === 0) return { do: 'finish', reason: 'no room of the batch is left' };
  const sure = batch.filter(
    ([room, { shard }]) => view.censuses.missesSince(shard, room, from) >= view.censusesToBeSure,
  );
  if (sure.length === 0) return { do: 'wait', reason: 'waits for censuses that cover the tombstones' };
  return {
    do: 'delete',
    rooms: sure.map(([room]) => room),
    reason: `${view.censusesToBeSure} censuses since the tombstones have not shown them`,
  };
}
