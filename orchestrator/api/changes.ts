import { UsageError } from '../../common/errors.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import type { Wish } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { describeRooms, type LivingRooms, roomsOn } from '../rooms/rooms-on.ts';
import { RefusedError } from './refused-error.ts';
import type { ChangeAnswer } from './schema/change.ts';
import type { DesiredChange, Removal } from './schema/shards.ts';
import { mirrorOf } from './view-shards.ts';

/** Writes an operator's word into the shard's overlay, where it outlives Redis and every process. */
export async function changeDesired(
  control: Control,
  name: string,
  change: DesiredChange,
): Promise<ChangeAnswer> {
  const { desired, deadlineInMs, force, dryRun } = change;
  const isDrain = desired === 'draining';
  if (!isDrain && (force || deadlineInMs !== undefined)) {
    throw new UsageError('only a drain has a deadline or force');
  }
  const spec = await control.wishes.shard(name);
  if (spec.removing && !isDrain) refuseTooLate(control, name);
  const kept: Partial<Wish> = spec.desired === 'draining' ? spec : {};
  const deadline = deadlineInMs === undefined ? kept.deadline : Date.now() + deadlineInMs;
  const wish: Wish = isDrain
    ? { desired, deadline, force: force || kept.force, removing: kept.removing }
    : { desired };
  const said = [
    ...(spec.removing && !isDrain ? [`take back the removal of ${name}`] : []),
    ...cutsOf(control, name, isDrain && force, deadline),
  ];
  return setWish(control, name, wish, said, dryRun);
}

/**
 * Asks for a shard's removal: it drains, and goes when nobody is on it.
 *
 * @throws RefusedError while rooms live on it, unless the operator said what becomes of them
 */
export async function requestRemoval(
  control: Control,
  name: string,
  { drain, force, dryRun }: Removal,
): Promise<ChangeAnswer> {
  const spec = await control.wishes.shard(name);
  const wish: Wish = force
    ? { desired: 'draining', force, removing: true }
    : { ...spec, desired: 'draining', removing: true };
  if (!drain && !force && !spec.removing) refuseInhabited(control, name);
  const said = [
    ...cutsOf(control, name, force, undefined),
    `when no room is left on ${name}: take it out of every proxy, end it, delete its overlay`,
  ];
  return setWish(control, name, wish, said, dryRun);
}

/** Who is on the shard now, by what this orchestrator knows. */
function livingOn(control: Control, name: string): LivingRooms {
  const mirror = mirrorOf(control);
  const record = mirror.shards.get(name);
  return roomsOn(mirror, control.censuses.latest(), record ? incarnationOf(record) : '');
}

function cutsOf(control: Control, name: string, force: boolean, deadline: number | undefined): string[] {
  if (!force) return [];
  if (deadline !== undefined) {
    return [
      `cut what is left on ${name} at ${new Date(deadline).toISOString()}; now on it: ${describeRooms(livingOn(control, name))}`,
    ];
  }
  return [
    `cut ${describeRooms(livingOn(control, name))}: their people are thrown out, and may join again elsewhere`,
  ];
}

function refuseInhabited(control: Control, name: string): void {
  const living = livingOn(control, name);
  if (living.rooms.size === 0) return;
  throw new RefusedError(
    `${name} has ${describeRooms(living)}. Nothing was changed. ` +
      '--drain removes it when they have ended by themselves, --force cuts them and removes it now',
  );
}

/** Once every proxy lets go of a shard, its removal goes through. */
function refuseTooLate(control: Control, name: string): void {
  const record = mirrorOf(control).shards.get(name);
  if (!record?.removing || record.admitted || record.removed) return;
  throw new RefusedError(
    `${name} is being taken out of every proxy: it is too late to take its removal back; \`usher shard add\` makes a new one`,
  );
}

async function setWish(
  control: Control,
  name: string,
  wish: Wish,
  said: readonly string[],
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const plan = await control.wishes.planWish(name, wish);
  if (plan.length === 0) return { changed: false, actions: [] };
  const actions = [
    ...plan.map(({ path }) => `set ${name} to ${wish.desired} in ${path}`),
    ...said,
    ...(await whatWaits(control)),
  ];
  if (!dryRun) {
    await control.wishes.apply(plan);
    // Known at once, though another shard's overlay may be spoilt before they are read again.
    const watched = control.shards.get(name);
    const noWish = { deadline: undefined, force: undefined, removing: undefined };
    if (watched) watched.spec = { ...watched.spec, ...noWish, ...wish };
    control.log.info({ shard: name, wish }, 'operator changes a shard');
  }
  return { changed: true, actions };
}

/** Says so when an operator's word is kept, but cannot be followed now. */
async function whatWaits(control: Control): Promise<string[]> {
  if (await control.table.isBlessed()) return [];
  return ['it waits: Redis was lost, and no bucket moves until its table is rebuilt'];
}
