import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';

/** What a command waits for. */
export interface Goal {
  /** "stopped waiting: ... goes on". */
  readonly work: string;
  /** "nothing to change: shard eu-1 ... already". */
  readonly asked: string;
  /** Said when it is reached. */
  readonly reached: string;
  /** Does the shard's record carry the operator's wish? Once it did and no longer does, somebody took it back. */
  isWished(shard: ShardStatus): boolean;
  /** Asked only while the wish stands. */
  isReached(shard: ShardStatus): boolean;
  /** Is it reached only when no bucket is on the move any more? Till then a proxy may still go by the old one. */
  readonly settled: boolean;
  /** What it means that the shard is not there. */
  readonly whenMissing: 'reached' | 'wait';
  /** The command that takes the change back, without `usher` and the shard. */
  readonly undo: string;
}

/** The goal of each command with `--wait`. */
export const goals = {
  add: {
    work: 'its start',
    asked: 'is there',
    reached: 'ready, and gets rooms',
    isWished: () => true,
    isReached: (shard) => isReady(shard) && shard.buckets > 0,
    settled: true,
    whenMissing: 'wait',
    undo: 'shard remove',
  },
  addIdle: {
    work: 'its start',
    asked: 'is there',
    reached: 'ready; with weight 0 it gets no rooms',
    isWished: () => true,
    isReached: isReady,
    settled: false,
    whenMissing: 'wait',
    undo: 'shard remove',
  },
  cordon: {
    work: 'the cordon',
    asked: 'is cordoned',
    reached: 'cordoned: no new rooms',
    isWished: (shard) => shard.desired === 'cordoned',
    isReached: (shard) => shard.buckets === 0,
    settled: true,
    whenMissing: 'wait',
    undo: 'shard uncordon',
  },
  uncordon: {
    work: 'its return',
    asked: 'is active',
    reached: 'active, and gets rooms',
    isWished: (shard) => shard.desired === 'active' && !shard.removing,
    isReached: (shard) => isReady(shard) && shard.buckets > 0,
    settled: true,
    whenMissing: 'wait',
    undo: 'shard cordon',
  },
  drain: {
    work: 'the drain',
    asked: 'is draining',
    reached: 'drained: nobody is on it',
    isWished: (shard) => shard.desired === 'draining',
    isReached: (shard) => shard.drained,
    settled: false,
    whenMissing: 'reached',
    undo: 'shard uncordon',
  },
  remove: {
    work: 'the removal',
    asked: 'is to be removed',
    reached: 'removed',
    isWished: (shard) => shard.removing,
    isReached: () => false,
    settled: false,
    whenMissing: 'reached',
    undo: 'shard uncordon',
  },
} as const satisfies Record<string, Goal>;

function isReady({ observed, admitted }: ShardStatus): boolean {
  return observed === 'ready' && admitted;
}
