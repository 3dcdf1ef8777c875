import { UsageError } from '../../common/errors.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import type { Wishes } from '../../shards/overlay/wishes.ts';
import { nextName } from './next-name.ts';
import type { Replacement, Upgrade } from './schema.ts';
import { isoOf, onTrial } from './turns.ts';
import { planUpgrade, type StoredUpgrade } from './upgrade-file.ts';
import { trialWeight, type UpgradeStep, type UpgradeView } from './upgrade-view.ts';

/**
 * What a step changes of the operators' wishes, in its order. The upgrade's own file comes first for what is added, so
 * that nothing is added twice, and last for the rest, so that nothing is forgotten.
 */
export async function planStep(
  wishes: Wishes,
  stored: StoredUpgrade,
  view: UpgradeView,
  step: UpgradeStep,
): Promise<TextChange[]> {
  const { upgrade, shards, now } = view;
  const save = (next: Upgrade) => planUpgrade(stored, next);
  switch (step.do) {
    case 'wait':
      return [];
    case 'done':
      return [save({ ...upgrade, state: 'done', reason: step.reason })];
    case 'add': {
      const replacement = ofOld(upgrade, step.old);
      const known = upgrade.shards.flatMap((one) => [one.old, ...(one.new === undefined ? [] : [one.new])]);
      const name = replacement.new ?? nextName(step.old, [...shards.keys(), ...known]);
      const weight = trialWeight(shards.get(step.old)?.spec.weight ?? 0, upgrade);
      // Who only names it counts from when it appears.
      const addedAt = wishes.canAdd ? { addedAt: replacement.addedAt ?? isoOf(now) } : {};
      const added = { ...replacement, new: name, ...addedAt };
      const saved = save(withReplacement(upgrade, added));
      return [
        ...(saved.before === saved.after ? [] : [saved]),
        ...(wishes.canAdd ? await wishes.planCopy(step.old, { name, weight, imageTag: replacement.to }) : []),
      ];
    }
    case 'appear': {
      const replacement = ofOld(upgrade, step.old);
      // Whoever applied it gave it the share that it will have: no room comes to it before its probes have passed.
      const weight = trialWeight(shards.get(step.old)?.spec.weight ?? 0, upgrade);
      return [
        ...(await wishes.planWeight(replacement.new ?? '', weight)),
        save(withReplacement(upgrade, { ...replacement, addedAt: isoOf(now) })),
      ];
    }
    case 'begin-trial':
      return [save(withReplacement(upgrade, { ...ofOld(upgrade, step.old), readyAt: isoOf(now) }))];
    case 'weigh':
      return wishes.planWeight(step.shard, step.weight);
    case 'remove':
      return wishes.planWish(step.shard, { desired: 'draining', removing: true });
    case 'activate':
      return wishes.planWish(step.shard, { desired: 'active' });
    case 'stop':
      return [
        ...(await planStop(wishes, view, step.shard)),
        save({ ...upgrade, state: 'stopped', reason: step.reason }),
      ];
    default:
      return step satisfies never;
  }
}

/** No new rooms for any shard on trial or for the one that is unwell, whose old one takes them again if it can. */
async function planStop(
  wishes: Wishes,
  { upgrade, shards }: UpgradeView,
  unwell: string,
): Promise<TextChange[]> {
  const changes: TextChange[] = [];
  for (const name of new Set([unwell, ...onTrial(upgrade, shards)])) {
    if (shards.has(name)) changes.push(...(await wishes.planWish(name, { desired: 'cordoned' })));
  }
  const old = upgrade.shards.find((one) => one.new === unwell)?.old ?? '';
  const leaving = shards.get(old);
  if (leaving?.spec.removing && leaving.record?.admitted) {
    changes.push(...(await wishes.planWish(old, { desired: 'active' })));
  }
  return changes;
}

function ofOld(upgrade: Upgrade, old: string): Replacement {
  const found = upgrade.shards.find((one) => one.old === old);
  if (found) return found;
  throw new UsageError(`the upgrade has no shard ${old}`);
}

function withReplacement(upgrade: Upgrade, next: Replacement): Upgrade {
  return { ...upgrade, shards: upgrade.shards.map((one) => (one.old === next.old ? next : one)) };
}
