import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../../common/errors.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { readShards } from '../../shards/overlay/fleet-folder.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { checkDelivery, type DeliveryFlags } from './delivery.ts';
import { describeChange } from './describe-change.ts';
import { goals } from './goals.ts';
import { type AddFlags, parseSpec } from './parse-spec.ts';
import { settle } from './settle.ts';

/**
 * Writes the overlay of a new shard, whether the fleet is up or not, and applies or commits it if it is told to. With
 * `--wait` it ends when the shard gets rooms. Who asks again goes on where it was cut.
 *
 * @throws UsageError when a value is wrong or the name is that of another shard; nothing is changed then
 */
export async function addShard(
  name: string,
  flags: AddFlags & ChangeFlags & DeliveryFlags,
  context: Context,
): Promise<void> {
  const spec = parseSpec(name, flags);
  await checkDelivery(flags, context);
  const { pools, driver } = await readFleet(context.folder);
  if (!pools.includes(spec.pool)) {
    const allowed = `expected one of ${pools.join(', ')}, the pools that ${context.folder}/fleet.yaml names`;
    throw new UsageError(`--pool: ${allowed}; found "${spec.pool}"`);
  }
  const existing = (await readShards(context.folder)).find((one) => one.name === name);
  const isThere = existing && isDeepStrictEqual(shapeOf(existing), shapeOf(spec));
  const plan = isThere ? [] : await planAdd(context.folder, spec);
  const withLines = flags.dryRun === true && !context.json;
  const actions = plan.map((change) => describeChange(change, withLines));
  const goal = spec.weight === 0 ? goals.addIdle : goals.add;
  if (driver === 'kubernetes') {
    const { deliverAdded } = await import('./deliver-added.ts');
    const { more, course } = await deliverAdded(name, plan, flags, context);
    const all = [...actions, ...more];
    return settle(name, { changed: all.length > 0, actions: all }, goal, flags, context, course);
  }
  if (!flags.dryRun) await applyChanges(plan);
  await settle(name, { changed: plan.length > 0, actions }, goal, flags, context);
}

/** A shard without what its operator wants to become of it. */
function shapeOf({
  name,
  region,
  bridges,
  pool,
  weight,
  imageTag,
  signallingParticipants,
}: ShardSpec): object {
  return { name, region, bridges, pool, weight, imageTag, signallingParticipants };
}
