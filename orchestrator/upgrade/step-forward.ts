import type { Replacement } from './schema.ts';
import { trialWeight, type UpgradeShard, type UpgradeStep, type UpgradeView } from './upgrade-view.ts';

/** The next step of one shard's replacement; `mayAdd`: the upgrade may have one more under way. */
export function stepForward(replacement: Replacement, view: UpgradeView, mayAdd: boolean): UpgradeStep {
  const { old: oldName, new: newName } = replacement;
  const old = view.shards.get(oldName);
  if (newName === undefined) {
    if (!old) return { do: 'done', reason: `${oldName} is gone` };
    if (!mayAdd) return { do: 'wait', reason: 'its turn comes when another is done' };
    return { do: 'add', old: oldName, reason: `a new shard in the place of ${oldName}` };
  }
  if (!old) return { do: 'done', reason: `${newName} has taken the place of ${oldName}` };
  const fresh = view.shards.get(newName);
  if (!fresh && replacement.readyAt !== undefined) return stop(newName, `${newName} is not there any more`);
  if (!fresh && isToBeApplied(replacement, view))
    return { do: 'wait', reason: awaited(replacement, newName) };
  // Whoever was to add it ended in the midst of it.
  if (!fresh) return { do: 'add', old: oldName, reason: `${newName} is not there yet` };
  if (fresh.spec.desired !== 'active') {
    return { do: 'wait', reason: `${newName} is ${fresh.spec.desired}: uncordon it, or roll back` };
  }
  if (replacement.addedAt === undefined) {
    return { do: 'appear', old: oldName, reason: `${newName} was applied` };
  }
  if (replacement.readyAt === undefined) return stepStart(replacement, newName, fresh, view);
  return stepTrial(replacement.readyAt, { oldName, old, newName, fresh }, view);
}

/** Is this replacement's new shard to be applied by whoever writes the overlays? */
export function isToBeApplied(
  { old, new: fresh, readyAt, back }: Replacement,
  { canAdd, shards }: Pick<UpgradeView, 'canAdd' | 'shards'>,
): boolean {
  if (canAdd || back || fresh === undefined || readyAt !== undefined) return false;
  return shards.has(old) && !shards.has(fresh);
}

function awaited({ old, to }: Replacement, newName: string): string {
  const version = to === undefined ? 'the version of the fleet' : `IMAGE_TAG=${to}`;
  return `${newName} waits to be applied: a copy of ${old} with SHARD=${newName} and ${version}`;
}

/** Until the new shard gets its first rooms. */
function stepStart(
  { old, addedAt }: Replacement,
  newName: string,
  fresh: UpgradeShard,
  { upgrade, now }: UpgradeView,
): UpgradeStep {
  const { record, buckets, spec } = fresh;
  if (record?.observed === 'ready' && record.admitted && (buckets > 0 || spec.weight === 0)) {
    return {
      do: 'begin-trial',
      old,
      reason: `${newName} is ready, and gets ${spec.weight} % of the usual share`,
    };
  }
  const why = record?.reason || `${record?.observed ?? 'not recorded yet'}, ${buckets} buckets`;
  const lateMs = now - Date.parse(addedAt ?? '') - upgrade.readyWithinMs;
  if (lateMs > 0) {
    return stop(
      newName,
      `${newName} was not ready within ${Math.round(upgrade.readyWithinMs / 1_000)} s: ${why}`,
    );
  }
  return { do: 'wait', reason: `${newName} starts: ${why}` };
}

interface Pair {
  readonly oldName: string;
  readonly old: UpgradeShard;
  readonly newName: string;
  readonly fresh: UpgradeShard;
}

/** From then on until the old shard is gone. */
function stepTrial(readyAt: string, { oldName, old, newName, fresh }: Pair, view: UpgradeView): UpgradeStep {
  const { upgrade, now } = view;
  const { record, spec } = fresh;
  // Missing data means hold.
  if (!record || record.observed === 'provisioning') {
    return { do: 'wait', reason: `nothing is known of ${newName} now` };
  }
  if (record.observed !== 'ready') return stop(newName, `${newName} is ${record.observed}: ${record.reason}`);
  if (old.spec.removing) {
    const participants = old.participants === undefined ? 'unknown' : old.participants;
    return { do: 'wait', reason: `${oldName} drains: ${old.rooms} rooms, ${participants} participants left` };
  }
  const leftMs = Date.parse(readyAt) + upgrade.bakeMs - now;
  if (leftMs > 0)
    return { do: 'wait', reason: `${newName} is on trial, ${Math.ceil(leftMs / 1_000)} s to go` };
  if (!fresh.censusIsFresh) return { do: 'wait', reason: `${newName} does not say which rooms are on it` };
  const full = old.spec.weight;
  if (spec.weight === trialWeight(full, upgrade) && spec.weight !== full) {
    return { do: 'weigh', shard: newName, weight: full, reason: `${newName} has passed its trial` };
  }
  return { do: 'remove', shard: oldName, reason: `${newName} takes its place` };
}

function stop(shard: string, reason: string): UpgradeStep {
  return { do: 'stop', shard, reason };
}
