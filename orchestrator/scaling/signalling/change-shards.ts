import type { TextChange } from '../../../shards/overlay/text-change.ts';
import type { Wishes } from '../../../shards/overlay/wishes.ts';
import type { ShardSpec } from '../../../shards/spec/schema.ts';
import { nextName } from '../../upgrade/next-name.ts';
import { planShardChange } from './changes-file.ts';
import type { ShardsDecision } from './decide-shards.ts';

/** A decision that changes something. */
export type ShardsAction = Exclude<ShardsDecision, { do: 'nothing' }>;

/** What an action is about, by its names. */
export interface ShardsTarget {
  /** The shard that comes, goes or comes back. */
  readonly name: string;
  /** For one that comes: the shard that it is like. */
  readonly like: ShardSpec | undefined;
}

/**
 * Names the shard of an action.
 *
 * @param specs all shards of the fleet
 * @param known names that are not free, beside theirs
 */
export function targetOf(
  action: ShardsAction,
  specs: readonly ShardSpec[],
  known: Iterable<string>,
): ShardsTarget {
  if (action.do !== 'add') return { name: action.shard, like: undefined };
  const like = specs.find(({ name }) => name === action.from);
  return { name: nextName(action.from, [...specs.map(({ name }) => name), ...known]), like };
}

/** What changes of the operators' wishes by an action. */
export async function planShards(
  wishes: Wishes,
  action: ShardsAction,
  { name, like }: ShardsTarget,
  specs: readonly ShardSpec[],
  at: number,
): Promise<TextChange[]> {
  const present = specs.map((spec) => spec.name);
  const keep = (did: 'added' | 'drained' | 'undrained') =>
    planShardChange(wishes, name, { did, at }, present);
  switch (action.do) {
    case 'add':
      if (!like) return [];
      return [
        await keep('added'),
        ...(await wishes.planCopy(like.name, { name, weight: like.weight, imageTag: like.imageTag })),
      ];
    case 'drain':
      return [await keep('drained'), ...(await wishes.planWish(name, { desired: 'draining' }))];
    case 'undrain':
      return [await keep('undrained'), ...(await wishes.planWish(name, { desired: 'active' }))];
    default:
      return action satisfies never;
  }
}

/** The command by which an operator does it. @param inCluster overlays are applied there by the command too */
export function commandFor(action: ShardsAction, { name, like }: ShardsTarget, inCluster: boolean): string {
  if (action.do === 'drain') return `usher shard drain ${name}`;
  if (action.do === 'undrain') return `usher shard uncordon ${name}`;
  const words = ['usher shard add', name];
  if (like) {
    words.push(`--region ${like.region}`, `--bridges ${like.bridges.min}..${like.bridges.max}`);
    if (like.pool !== 'main') words.push(`--pool ${like.pool}`);
    if (like.weight !== 100) words.push(`--weight ${like.weight}`);
    if (like.signallingParticipants !== undefined)
      words.push(`--signalling-participants ${like.signallingParticipants}`);
    if (like.imageTag !== undefined) words.push(`--image-tag ${like.imageTag}`);
  }
  if (inCluster) words.push('--apply');
  return words.join(' ');
}
