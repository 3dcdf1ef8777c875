import { UsageError } from '../../common/errors.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import { RefusedError } from '../api/refused-error.ts';
import type { ChangeAnswer } from '../api/schema/change.ts';
import type { UpgradeWish, UpgradeWord } from '../api/schema/upgrade.ts';
import { mirrorOf } from '../api/view-shards.ts';
import type { Control } from '../control/control.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import type { Upgrade } from './schema.ts';
import { onTrial, resumed, rolledBack } from './turns.ts';
import { planUpgrade, readUpgrade, type StoredUpgrade } from './upgrade-file.ts';
import { isUnderWay, type UpgradeShard } from './upgrade-view.ts';
import { upgradeShards } from './view-shards.ts';

type Shards = ReadonlyMap<string, UpgradeShard>;

/**
 * Begins an upgrade; the orchestrator takes it further by itself.
 *
 * @throws RefusedError while another is under way, UsageError when there is no such shard
 */
export async function startUpgrade(
  control: Control,
  wish: UpgradeWish,
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const stored = await readUpgrade(control.wishes);
  if (stored.upgrade && stored.upgrade.state !== 'done') {
    const { imageTag, state } = stored.upgrade;
    throw new RefusedError(
      `an upgrade to ${imageTag} is ${state}; \`usher shard upgrade status\` says more; resume it or roll it back first`,
    );
  }
  const shards = await upgradeShards(control, mirrorOf(control));
  const { shards: names, ...how } = wish;
  const replacements = chosen(shards, names)
    .filter(({ spec }) => spec.imageTag !== wish.imageTag)
    .map(({ spec }) => ({ old: spec.name, from: spec.imageTag, to: wish.imageTag }));
  if (replacements.length === 0) return { changed: false, actions: [] };
  const upgrade: Upgrade = { ...how, state: 'running', reason: 'begun', shards: replacements };
  const actions = replacements.map(
    ({ old, from }) => `replace ${old} (${from ?? "the fleet's version"}) by a new shard of ${wish.imageTag}`,
  );
  return save(control, 'start', [planUpgrade(stored, upgrade)], actions, dryRun);
}

/** Pauses, resumes or rolls back the upgrade that is there. @throws UsageError when there is none. */
export async function changeUpgrade(
  control: Control,
  word: UpgradeWord,
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const stored = await readUpgrade(control.wishes);
  if (!stored.upgrade)
    throw new UsageError('there is no upgrade; `usher shard upgrade --image-tag TAG` begins one');
  const shards = await upgradeShards(control, mirrorOf(control));
  const { upgrade } = stored;
  switch (word) {
    case 'pause': {
      if (upgrade.state !== 'running') return { changed: false, actions: [] };
      const paused: Upgrade = { ...upgrade, state: 'paused', reason: 'an operator paused it' };
      const actions = ['begin nothing further; what drains goes on draining'];
      return save(control, word, [planUpgrade(stored, paused)], actions, dryRun);
    }
    case 'resume':
      return resume(control, { ...stored, upgrade }, shards, dryRun);
    case 'rollback': {
      if (upgrade.rollback) return { changed: false, actions: [] };
      const back = rolledBack(upgrade, shards);
      const actions = back.shards.map(({ old, new: fresh, to, back: isTaken }) =>
        isTaken
          ? `give ${old} new rooms again, then drain and remove ${fresh}`
          : `replace ${old} by a new shard of ${to ?? "the fleet's version"}`,
      );
      return save(control, word, [planUpgrade(stored, back)], actions, dryRun);
    }
    default:
      return word satisfies never;
  }
}

async function resume(
  control: Control,
  stored: StoredUpgrade & { readonly upgrade: Upgrade },
  shards: Shards,
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const { upgrade } = stored;
  if (upgrade.state === 'running' || upgrade.state === 'done') return { changed: false, actions: [] };
  const held = onTrial(upgrade, shards).filter((name) => shards.get(name)?.spec.desired === 'cordoned');
  const changes: TextChange[] = [];
  for (const name of held) changes.push(...(await control.wishes.planWish(name, { desired: 'active' })));
  const actions = held.map((name) => `give ${name} its trial share of new rooms again`);
  changes.push(planUpgrade(stored, resumed(upgrade, shards, Date.now())));
  const left = upgrade.shards.filter((one) => isUnderWay(one, shards) || shards.has(one.old)).length;
  return save(control, 'resume', changes, [...actions, `go on with ${left} shards`], dryRun);
}

function chosen(shards: Shards, names: readonly string[]): UpgradeShard[] {
  if (names.length === 0) return [...shards.values()].filter(({ spec }) => spec.desired !== 'draining');
  return names.map((name) => {
    const shard = shards.get(name);
    if (shard) return shard;
    throw unknownShard(name, shards.keys());
  });
}

async function save(
  control: Control,
  word: UpgradeWord | 'start',
  changes: readonly TextChange[],
  actions: string[],
  dryRun: boolean,
): Promise<ChangeAnswer> {
  if (!dryRun) {
    await control.wishes.apply(changes);
    control.log.info({ word, actions }, 'operator changes the upgrade');
  }
  return { changed: true, actions };
}
