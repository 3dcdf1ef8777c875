import type { UpgradeStatus } from '../../orchestrator/api/schema/upgrade.ts';
import { overlayOf, readFleetFolder, readShards } from '../../shards/overlay/fleet-folder.ts';
import { planCopy } from '../../shards/overlay/plan-copy.ts';
import { openApi } from '../api/open-api.ts';
import type { UsherApi } from '../api/usher-api.ts';
import type { Context } from '../context.ts';
import { fleetInCluster } from '../deploy/fleet-in-cluster.ts';
import type { ChangeFlags } from '../flags.ts';
import { sayChange } from '../output/say-change.ts';
import { checkDelivery, type DeliveryFlags } from '../shard/delivery.ts';
import { waitForUpgrade } from './wait-for-upgrade.ts';

/** The flags of `usher shard upgrade follow`. */
export type FollowFlags = DeliveryFlags & Pick<ChangeFlags, 'timeout' | 'dryRun'>;

/**
 * Goes along with the upgrade of a fleet in a cluster until its end: writes the overlays of the new shards that it
 * waits for, and takes away those of shards that it has removed. Who asks again goes on where it was cut.
 */
export async function followUpgrade(flags: FollowFlags, context: Context): Promise<void> {
  await fleetInCluster(context.folder, 'upgrade follow');
  await checkDelivery(flags, context);
  const api = await openApi(context);
  if (flags.dryRun) {
    const actions = await whatIsDue(await api.upgrade(), api, context);
    sayChange({ changed: actions.length > 0, actions }, true, context);
    return;
  }
  const delivered = new Set<string>();
  await waitForUpgrade(api, flags.timeout, context, async (upgrade, line) => {
    for (const shard of upgrade.shards) {
      if (shard.toApply && shard.new !== null && !delivered.has(shard.new)) {
        line.end();
        await add(shard.old, shard.new, shard.to, flags, context);
        delivered.add(shard.new);
      }
    }
    for (const name of await leftOver(upgrade, api, context)) {
      line.end();
      await takeAway(name, api, flags, context);
    }
  });
}

async function whatIsDue(upgrade: UpgradeStatus, api: UsherApi, context: Context): Promise<string[]> {
  const due = upgrade.shards.filter(({ toApply }) => toApply);
  const gone = await leftOver(upgrade, api, context);
  return [
    ...due.map(({ old, new: name, to }) => `add ${name}, a copy of ${old} of ${to ?? "the fleet's version"}`),
    ...gone.map((name) => `take away what is left of ${name}`),
  ];
}

async function add(
  old: string,
  name: string,
  to: string | null,
  flags: FollowFlags,
  context: Context,
): Promise<void> {
  const fleet = await readFleetFolder(context.folder);
  const isWritten = fleet.overlays.some(({ spec }) => spec.name === name);
  const { weight } = overlayOf(fleet, old).spec;
  const copy = { name, weight, imageTag: to ?? undefined };
  const plan = isWritten ? [] : await planCopy(context.folder, old, copy);
  const { deliverAdded } = await import('../shard/deliver-added.ts');
  const { more, course } = await deliverAdded(name, plan, flags, context);
  for (const line of [...plan.map(({ path }) => `wrote ${path}`), ...more, course.next ?? '']) {
    if (line !== '') context.stderr.write(`${name}: ${line}\n`);
  }
}

/** Shards of the upgrade's ended replacements that have an overlay and are no more. */
async function leftOver({ shards }: UpgradeStatus, api: UsherApi, { folder }: Context): Promise<string[]> {
  const ended = shards.filter(({ done }) => done).flatMap((one) => [one.old, one.new]);
  if (ended.length === 0) return [];
  const known = new Set((await api.shards()).map(({ name }) => name));
  const written = (await readShards(folder)).map(({ name }) => name);
  return written.filter((name) => ended.includes(name) && !known.has(name));
}

async function takeAway(name: string, api: UsherApi, flags: FollowFlags, context: Context): Promise<void> {
  const { removeFromCluster } = await import('../shard/remove-from-cluster.ts');
  const asked = async () => ({ changed: false, actions: [] });
  await removeFromCluster(name, api, asked, { ...flags, wait: true }, context);
}
