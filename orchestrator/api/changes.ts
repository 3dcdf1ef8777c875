import { UsageError } from '../../common/errors.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planDesired } from '../../shards/overlay/plan-desired.ts';
import type { DesiredState } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import type { ChangeAnswer } from './schema.ts';
import { mirrorOf } from './view-shards.ts';

/** Writes an operator's word into the shard's overlay, where it outlives Redis and every process. */
export async function changeDesired(
  control: Control,
  name: string,
  desired: DesiredState,
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const removing = mirrorOf(control).shards.get(name)?.removing ?? false;
  const plan = await planDesired(control.folder, name, desired);
  const undoRemoval = removing && desired !== 'draining';
  const actions = [
    ...plan.map(({ path }) => `set ${name} to ${desired} in ${path}`),
    ...(undoRemoval ? [`take back the removal of ${name}`] : []),
  ];
  if (actions.length > 0) actions.push(...(await whatWaits(control)));
  if (!dryRun && actions.length > 0) {
    control.log.info({ shard: name, desired, undoRemoval }, 'operator changes desired state');
    if (undoRemoval) await setRemoving(control, name, false);
    await applyChanges(plan);
  }
  return { changed: actions.length > 0, actions };
}

/** Asks for a shard's removal: it drains, and goes when nobody is on it. */
export async function requestRemoval(control: Control, name: string, dryRun: boolean): Promise<ChangeAnswer> {
  const shard = mirrorOf(control).shards.get(name);
  const plan = await planDesired(control.folder, name, 'draining');
  if (shard?.removing) return { changed: false, actions: [] };
  const actions = [
    ...plan.map(({ path }) => `set ${name} to draining in ${path}`),
    `when no room is left on ${name}: take it out of every proxy, end it, delete its overlay`,
    ...(await whatWaits(control)),
  ];
  if (!dryRun) {
    control.log.info({ shard: name }, 'operator asks for removal');
    await setRemoving(control, name, true);
    await applyChanges(plan);
  }
  return { changed: true, actions };
}

/** Says so when an operator's word is kept, but cannot be followed now. */
async function whatWaits(control: Control): Promise<string[]> {
  if (await control.table.isBlessed()) return [];
  return ['it waits: Redis was lost, and no bucket moves until its table is rebuilt'];
}

async function setRemoving(control: Control, name: string, removing: boolean): Promise<void> {
  const shard = mirrorOf(control).shards.get(name);
  if (!shard || shard.removed)
    throw new UsageError(`shard ${name} is not recorded yet; try again in a moment`);
  const answer = await control.table.putShard({ ...shard, removing, version: shard.version + 1 });
  if (!answer.ok) throw new UsageError(`${answer.reason}; try again`);
}
