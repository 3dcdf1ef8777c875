import { UsageError } from '../../common/errors.ts';
import type { UpgradeStatus } from '../api/schema/upgrade.ts';
import { mirrorOf } from '../api/view-shards.ts';
import type { Control } from '../control/control.ts';
import { stepsOf } from './decide-upgrade.ts';
import { isToBeApplied } from './step-forward.ts';
import { readUpgrade } from './upgrade-file.ts';
import { upgradeShards } from './view-shards.ts';

/** The upgrade as it stands, with the next step of each shard. @throws UsageError when there is none. */
export async function viewUpgrade(control: Control): Promise<UpgradeStatus> {
  const { upgrade } = await readUpgrade(control.wishes);
  if (!upgrade) throw new UsageError('there is no upgrade; `usher shard upgrade --image-tag TAG` begins one');
  const shards = await upgradeShards(control, mirrorOf(control));
  const { canAdd } = control.wishes;
  const view = { upgrade, shards, canAdd, now: Date.now() };
  const steps = stepsOf(view);
  return {
    imageTag: upgrade.imageTag,
    state: upgrade.state,
    reason: upgrade.reason,
    rollback: upgrade.rollback ?? false,
    shards: steps.map(({ replacement, step }) => ({
      old: replacement.old,
      from: replacement.from ?? null,
      new: replacement.new ?? null,
      to: replacement.to ?? null,
      done: step.do === 'done',
      toApply: isToBeApplied(replacement, view),
      reason: step.reason,
    })),
  };
}
