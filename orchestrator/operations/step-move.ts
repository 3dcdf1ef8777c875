import { takesNewRooms } from '../buckets/decide-buckets.ts';
import { coveredSince } from '../rooms/census.ts';
import { livingShards, type OperationStep, type OperationView, waitForAll } from './operation-view.ts';

/**
 * A bucket move's next step (protocol.md, "Bucket move"): hold, acks, a census of every shard that covers the
 * hold, flip, acks, finish.
 *
 * @param bucketOf `pool/bucket` of a room key
 */
export function stepMove(view: OperationView, bucketOf: (room: string) => string): OperationStep {
  const unwilling = unwillingTarget(view);
  if (view.record.phase === 'hold' && unwilling !== undefined) {
    return { do: 'cancel', reason: `${unwilling} takes no new rooms any more` };
  }
  const waiting = waitForAll(view);
  if (waiting) return waiting;
  if (view.record.phase === 'release')
    return { do: 'finish', reason: 'every proxy carries the new preference' };
  const from = (view.ackedAt ?? 0) + view.graceMs;
  const living = livingShards(view.mirror);
  const censuses = view.censuses.latest();
  if (!coveredSince(censuses, living, from)) {
    const uncovered = [...living].filter((shard) => (censuses.get(shard)?.begunAt ?? 0) < from);
    return { do: 'wait', reason: `waits for a census of ${uncovered.join(', ')} that covers the hold` };
  }
  const isMoving = (room: string) => view.mirror.moves.get(bucketOf(room))?.operation === view.id;
  const adopted = new Map<string, string>();
  for (const [incarnation, { rooms }] of censuses) {
    if (!living.has(incarnation)) continue;
    for (const room of rooms.keys()) {
      if (isMoving(room) && !view.mirror.rooms.has(room)) adopted.set(room, incarnation);
    }
  }
  const pinned = new Map([...view.pins].filter(([room]) => isMoving(room) && !adopted.has(room)));
  return { do: 'flip', adopted, pinned, reason: 'every proxy holds, and every shard was read since' };
}

/** A target of the move that takes no new rooms any more: cordoned, draining or on its way out meanwhile. */
function unwillingTarget({ id, mirror }: OperationView): string | undefined {
  for (const { operation, to } of mirror.moves.values()) {
    const shard = mirror.shards.get(to);
    if (operation === id && (shard === undefined || !takesNewRooms(shard))) return to;
  }
  return undefined;
}
