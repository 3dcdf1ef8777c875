import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Replacement, Upgrade } from './schema.ts';

/** One shard as far as an upgrade looks at it. */
export interface UpgradeShard {
  readonly spec: ShardSpec;
  /** What the table says of it; undefined when it says nothing, which is no bad news. */
  readonly record: Pick<ShardRecord, 'observed' | 'reason' | 'admitted'> | undefined;
  readonly buckets: number;
  readonly rooms: number;
  /** Undefined without a census. */
  readonly participants: number | undefined;
  /** Was its census read of late? */
  readonly censusIsFresh: boolean;
}

/** All that decides an upgrade's next step. */
export interface UpgradeView {
  readonly upgrade: Upgrade;
  /** Every shard that has an overlay, by name. */
  readonly shards: ReadonlyMap<string, UpgradeShard>;
  /** Can this orchestrator add shards? Where not, it names them, and whoever writes the overlays applies them. */
  readonly canAdd: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What to do next, and why. */
export type UpgradeStep =
  | { readonly do: 'wait' | 'done'; readonly reason: string }
  /** Add a shard in the place of `old`, on trial. */
  | { readonly do: 'add'; readonly old: string; readonly reason: string }
  /** The new shard was applied: it is put on trial, and its time to be ready begins. */
  | { readonly do: 'appear'; readonly old: string; readonly reason: string }
  /** The new shard's trial begins. */
  | { readonly do: 'begin-trial'; readonly old: string; readonly reason: string }
  | { readonly do: 'weigh'; readonly shard: string; readonly weight: number; readonly reason: string }
  /** Drain a shard and remove it when its meetings have ended. */
  | { readonly do: 'remove'; readonly shard: string; readonly reason: string }
  /** Give a shard new rooms again. */
  | { readonly do: 'activate'; readonly shard: string; readonly reason: string }
  /** Something is wrong with a new shard. */
  | { readonly do: 'stop'; readonly shard: string; readonly reason: string };

/** The weight of a new shard on trial, in place of one of weight `full`; one that gets no rooms has nothing to try. */
export function trialWeight(full: number, { canary }: Pick<Upgrade, 'canary'>): number {
  return full === 0 ? 0 : Math.max(1, Math.round((full * canary) / 100));
}

/** Is a new shard there, or about to come, whose old one is still to go, or the other way round? */
export function isUnderWay(
  { old, new: fresh, readyAt, back }: Replacement,
  shards: ReadonlyMap<string, UpgradeShard>,
): boolean {
  const isAwaited = readyAt === undefined && !back;
  return fresh !== undefined && shards.has(old) && (shards.has(fresh) || isAwaited);
}
