import type { ShardSpec, Wish } from '../spec/schema.ts';
import type { TextChange } from './text-change.ts';

/** Texts that hold what operators want beside the shards, by the names that they have in a fleet's folder. */
export type WishText = 'pins.yaml' | 'upgrade.yaml' | 'bridges.yaml' | 'scale.yaml' | 'signalling.yaml';

/** A text as it stands, and where. */
export interface StoredText {
  readonly path: string;
  /** Undefined where there is none. */
  readonly text: string | undefined;
}

/**
 * What operators want of a fleet's shards, and where it is written: it outlives Redis and every process, and is edited
 * by people too. Nothing changes before `apply`; every plan is empty if all is so already.
 */
export interface Wishes {
  /** Can a shard be added here? Where not, whoever writes the overlays adds it, and `planCopy` throws. */
  readonly canAdd: boolean;
  /** Every shard that is wanted; a UsageError lists what is wrong with them. */
  shards(): Promise<ShardSpec[]>;
  /**
   * Shards whose wish was wrong when `shards` was last called, by name, and what is wrong: where such a shard had a good
   * wish before, `shards` gave that.
   */
  refused(): ReadonlyMap<string, string>;
  /** One that is wanted; a UsageError if there is none of this name. */
  shard(name: string): Promise<ShardSpec>;
  /** @throws UsageError when somebody else's word on the shard stands against it */
  planWish(name: string, wish: Wish): Promise<TextChange[]>;
  /** `weight` is the share of new rooms, in percent of the usual share. */
  planWeight(name: string, weight: number): Promise<TextChange[]>;
  /** Adds an active shard like `from`, but for its name, weight and version. */
  planCopy(from: string, spec: Pick<ShardSpec, 'name' | 'weight' | 'imageTag'>): Promise<TextChange[]>;
  /** Takes away a shard that is wanted no more, or the rest of one whose removal was cut short. */
  planRemoval(name: string): Promise<TextChange[]>;
  text(name: WishText): Promise<StoredText>;
  /**
   * Makes the changes in their order, all or none where one fails.
   *
   * @throws UsageError, with nothing changed, when a text is no longer what the plan was made from
   */
  apply(changes: readonly TextChange[]): Promise<void>;
}
