import { UsageError } from '../../common/errors.ts';
import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { confirm } from '../output/confirm.ts';
import { checkDelivery, type DeliveryFlags } from './delivery.ts';
import { goals } from './goals.ts';
import { settle } from './settle.ts';

const desiredBy = { cordon: 'cordoned', uncordon: 'active', drain: 'draining' } as const;

/** A change of a shard that is there. */
export type Change = keyof typeof desiredBy | 'remove';

/** The flags of all changes; `drain` and `remove` have more than the others. */
export interface ShardChangeFlags extends ChangeFlags, DeliveryFlags {
  /** Milliseconds from now. */
  readonly deadline?: number;
  readonly drain?: true;
  readonly force?: true;
  readonly deleteForeign?: true;
  readonly yes?: true;
}

/** Asks the orchestrator for a change, says what is done, and waits for it with `--wait`. */
export async function changeShard(
  change: Change,
  name: string,
  flags: ShardChangeFlags,
  context: Context,
): Promise<void> {
  const { force = false, drain = false, deadline } = flags;
  if (drain && force) throw new UsageError('--drain waits for the rooms to end, --force cuts them: give one');
  await checkDelivery(flags, context);
  const api = await openApi(context);
  const ask = (dryRun: boolean): Promise<ChangeAnswer> =>
    change === 'remove'
      ? api.removeShard(name, { drain, force, dryRun })
      : api.setDesired(name, {
          desired: desiredBy[change],
          ...(deadline !== undefined && { deadlineInMs: deadline }),
          ...(force && { force }),
          dryRun,
        });
  if (change === 'remove' && (await isInCluster(context))) {
    const { removeFromCluster } = await import('./remove-from-cluster.ts');
    return removeFromCluster(name, api, ask, flags, context);
  }
  const dryRun = flags.dryRun ?? false;
  if (force && !dryRun && !flags.yes) {
    const { changed, actions } = await ask(true);
    if (changed) await confirm(actions, context);
  }
  await settle(name, await ask(dryRun), goals[change], flags, context);
}

async function isInCluster({ folder }: Context): Promise<boolean> {
  return (await readFleet(folder)).driver === 'kubernetes';
}
