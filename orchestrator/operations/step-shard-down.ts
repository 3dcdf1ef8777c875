import { bucketsAway } from '../buckets/buckets-away.ts';
import { type OperationStep, type OperationView, waitForAll } from './operation-view.ts';

/**
 * The next step of a shard's going down (protocol.md, "Shard down"): out of every proxy, with its sessions; then, and
 * not before all have acknowledged, its life ends and its buckets go to others; then finish. A shard that is well
 * again in time comes back as it was, unless its operator forces its rooms off.
 */
export function stepShardDown(view: OperationView): OperationStep {
  const { record, mirror } = view;
  const name = record.subject ?? '';
  if (record.phase === 'out' && record.cause === 'health' && view.observed.get(name) === 'ready') {
    return { do: 'shard-up', reason: `${name} is well again, and none of its rooms was seated anew` };
  }
  const waiting = waitForAll(view);
  if (waiting) return waiting;
  if (record.phase === 'release') return { do: 'finish', reason: 'every proxy carries the new preferences' };
  const targets = bucketsAway(mirror, name, view.headroom);
  if (!targets) return { do: 'wait', reason: `no other shard takes new rooms: those of ${name} wait` };
  return { do: 'shard-down', targets, reason: 'every proxy has let go of it' };
}
