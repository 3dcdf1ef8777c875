import { clockStep } from './clock-step.ts';
import { goesDown, losesLead } from './consequences.ts';
import { failover } from './failover.ts';
import type { Fault } from './fault.ts';
import { freeze } from './freeze.ts';
import { fullDisk } from './full-disk.ts';
import { kill } from './kill.ts';
import { killWorker } from './kill-worker.ts';
import { flushAll, redisProcess, trimFeed } from './redis.ts';
import { redisLinks } from './redis-link.ts';
import { reload } from './reload.ts';
import { shardLinks } from './shard-link.ts';
import { staleMap } from './stale-map.ts';
import { swapShards } from './swap-shards.ts';
import { leader, prosody, targetKinds } from './targets.ts';

/** Those after which the table must be rebuilt: they heal only in a fleet that can. */
const needsRebuild: readonly Fault[] = [kill(redisProcess), flushAll, failover];

/** Every kind of fault. One that can't be done in a fleet has no target there. */
export const allFaults: readonly Fault[] = [
  ...targetKinds.map(kill),
  kill(leader),
  ...targetKinds.map((kind) => freeze(kind)),
  freeze(leader, 'freeze-leader', losesLead),
  freeze(redisProcess),
  freeze(prosody, 'freeze-prosody-long', goesDown),
  killWorker,
  reload,
  ...redisLinks,
  ...shardLinks,
  trimFeed,
  staleMap,
  fullDisk,
  clockStep,
  swapShards,
  ...needsRebuild,
];

/** Kinds that heal within seconds, for a short run. */
export const quickKinds: ReadonlySet<string> = new Set([
  'kill-agent',
  'kill-orchestrator',
  'reload-proxy',
  'cut-redis-link',
  'trim-feed',
  'full-disk',
]);
