import type { PushPlan } from './plan-push.ts';

/**
 * The order in which plans may reach HAProxy (protocol.md, invariant J). Slots that go go first: their
 * rooms miss and are claimed anew rather than sent to a dead shard. Then rooms before slots before
 * buckets: a bucket must not name a new shard while a room it placed elsewhere has no entry yet.
 */
export function inPushOrder(plans: Iterable<PushPlan>): PushPlan[] {
  const ordered = [...plans].flatMap(splitSlotRemovals);
  return ordered.sort((left, right) => rank(left) - rank(right));
}

function splitSlotRemovals(plan: PushPlan): PushPlan[] {
  if (plan.map !== 'slots' || plan.commit || plan.delete.length === 0) return [plan];
  return [
    { ...plan, add: [], set: [] },
    { ...plan, delete: [] },
  ];
}

function rank(plan: PushPlan): number {
  switch (plan.map) {
    case 'slots':
      // A commit removes and adds in one step: removals decide its place.
      return plan.commit || plan.delete.length > 0 ? 0 : 2;
    case 'rooms':
      return 1;
    case 'buckets':
      return 3;
    case 'tenants':
      return 4;
    default:
      return plan.map satisfies never;
  }
}
