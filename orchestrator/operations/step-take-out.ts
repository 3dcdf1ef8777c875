import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { type OperationStep, type OperationView, waitForAll } from './operation-view.ts';

/**
 * The removal of a drained shard: its slot is gone from every proxy; one more look, and then it is removed, or
 * put back when somebody is on it after all.
 */
export function stepTakeOut(view: OperationView): OperationStep {
  const waiting = waitForAll(view);
  if (waiting) return waiting;
  const shard = view.mirror.shards.get(view.record.subject ?? '');
  if (!shard || shard.removed) return { do: 'finish', reason: 'the shard is gone' };
  // An orchestrator that died between putting it back and closing the operation.
  if (shard.admitted) return { do: 'finish', reason: 'the shard was put back' };
  if (view.record.cause === 'unused') {
    return { do: 'remove', reason: `${incarnationOf(shard)} was never in service` };
  }
  const incarnation = incarnationOf(shard);
  const reading = view.censuses.latest().get(incarnation);
  if (!reading || reading.begunAt < (view.ackedAt ?? 0) + view.graceMs) {
    return { do: 'wait', reason: 'waits for a last census' };
  }
  if (reading.rooms.size > 0) {
    return { do: 'put-back', reason: `the last census shows ${[...reading.rooms.keys()].join(', ')}` };
  }
  return { do: 'remove', reason: 'no proxy names it and its last census is empty' };
}
