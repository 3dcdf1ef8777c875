import type { LoadStep } from '../load-history/load-step.ts';
import type { PolicyName } from '../policies/make-policy.ts';

/** What is recorded of a shard, and how it is set. */
export interface RecordedShard {
  readonly name: string;
  readonly region: string;
  /** Shards besides it, in its region and in others. */
  readonly others: { readonly inRegion: number; readonly elsewhere: number };
  /** How many bridges it may have, as it is set now. */
  readonly min: number;
  readonly max: number;
  /** What one of its bridges should carry at most, as it is set now. */
  readonly bridgeBitsPerSecond: number;
  /** What is reckoned for a participant who is announced, as it is set now. */
  readonly personBitsPerSecond: number;
  /** What decides now how many bridges it has. */
  readonly policy: { readonly name: PolicyName; readonly options: object };
  /** Where its people live. */
  readonly timeZone: string;
  /** The first of its steps, by its number since the epoch. */
  readonly from: number;
  readonly steps: readonly LoadStep[];
}

/** What a shard carried, in loads of a bridge; undefined where it is not known. */
export function loadOf(step: LoadStep, bridgeBitsPerSecond: number): number | undefined {
  const bitsPerSecond = step.demand ?? step.bitsPerSecond;
  return bitsPerSecond === undefined ? undefined : bitsPerSecond / bridgeBitsPerSecond;
}
