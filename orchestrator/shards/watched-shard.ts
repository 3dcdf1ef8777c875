import type { BreweryWatch } from '../../shards/brewery/watch-brewery.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { type FollowedBridge, unread } from '../bridges/follow-bridges.ts';
import type { Health } from './health.ts';

/** One shard as this orchestrator knows it, beyond what stands in the table. */
export interface WatchedShard {
  spec: ShardSpec;
  /** Nothing asks for it any more: it is looked after until its meetings have ended, and none of it is started. */
  leaving: boolean;
  endpoints: ShardEndpoints | undefined;
  /** Was the driver asked for it, whatever the answer? */
  isLookedFor: boolean;
  /** Undefined until its first round of probes. */
  health: Health | undefined;
  brewery: BreweryWatch | undefined;
  /** What its bridges can still take, in bits per second; undefined until they have said. */
  headroomBitsPerSecond: number | undefined;
  /** Its bridges as they were last read, the oldest first. */
  bridges: readonly FollowedBridge[];
  /** Were they read at all? */
  bridgesRead: boolean;
  /** Ends the loop that keeps it; resolves when it has ended. */
  stop(): Promise<void>;
}

/** A shard of which nothing but its overlay is known yet. */
export function newWatchedShard(spec: ShardSpec): WatchedShard {
  return {
    spec,
    leaving: false,
    endpoints: undefined,
    isLookedFor: false,
    health: undefined,
    brewery: undefined,
    headroomBitsPerSecond: undefined,
    bridges: [],
    bridgesRead: false,
    stop: () => Promise.resolve(),
  };
}

/** Its bridges as far as they are known: of those that were not read yet, that they are there. */
export function bridgesOf({
  bridges,
  bridgesRead,
  endpoints,
}: Pick<WatchedShard, 'bridges' | 'bridgesRead' | 'endpoints'>): readonly FollowedBridge[] {
  if (bridgesRead) return bridges;
  return (endpoints?.bridges ?? []).map((bridge) => unread(bridge, false, Date.now()));
}
