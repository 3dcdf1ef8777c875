import { listen } from '../common/listen.ts';
import type { Logger } from '../common/log.ts';
import { connectRedis } from '../haproxy/stick-table/connection.ts';
import { followFeed } from '../haproxy/stick-table/feed.ts';
import type { StickTableMirror } from '../haproxy/stick-table/mirror.ts';
import { StickTable } from '../haproxy/stick-table/stick-table.ts';
import type { ShardDriver } from '../shards/driver.ts';
import { createApi } from './api/server.ts';
import { logAudit } from './audit/audit.ts';
import { runBuckets } from './buckets/run-buckets.ts';
import type { Control } from './control/control.ts';
import type { Fleet } from './fleet/schema.ts';
import { changedTenants } from './fleet/tenant-changes.ts';
import { runOperations } from './operations/run-operations.ts';
import { runPins } from './pins/run-pins.ts';
import { runRebuild } from './rebuild/run-rebuild.ts';
import { CensusBook } from './rooms/census-book.ts';
import { runCensuses } from './rooms/run-censuses.ts';
import { keepShards } from './shards/keep-shards.ts';
import { runRemovals } from './shards/run-removals.ts';

export interface OrchestratorOptions {
  fleet: Fleet;
  /** The fleet's folder: fleet.yaml and the shards' overlays. */
  folder: string;
  driver: ShardDriver;
  log: Logger;
}

/** Runs the control plane until `signal` aborts. Throws UsherError when its API address cannot be had. */
export async function runOrchestrator(options: OrchestratorOptions, signal: AbortSignal): Promise<void> {
  const { fleet, log } = options;
  const connection = connectRedis(fleet.redis, log);
  const reader = connectRedis(fleet.redis, log, { blocking: true });
  let mirror: StickTableMirror | undefined;
  const control: Control = {
    ...options,
    table: new StickTable(connection, fleet.name, fleet.redis.replicas),
    censuses: new CensusBook(),
    shards: new Map(),
    audit: logAudit(log),
    pins: new Map(),
    rebuild: { reason: undefined, missing: new Map(), forced: false },
    mirror: () => mirror,
  };
  const follower = {
    async reset(whole: StickTableMirror) {
      mirror = whole;
      const tenants = changedTenants(fleet, whole.tenants);
      if (tenants.length > 0) log.error({ tenants }, 'pools of tenants changed: not before `down` and `up`');
    },
    async advance() {
      // The mirror that was given at the reset is kept in step by the feed itself.
    },
  };
  const api = createApi(control);
  try {
    await listen(api, fleet.orchestrator.api, 'the API');
    log.info({ api: fleet.orchestrator.api }, 'orchestrator is up');
    await Promise.all([
      followFeed(reader, fleet.name, follower, log, signal),
      keepShards(control, signal),
      runCensuses(control, signal),
      runOperations(control, signal),
      runBuckets(control, signal),
      runRemovals(control, signal),
      runRebuild(control, signal),
      runPins(control, signal),
    ]);
  } finally {
    await api.close();
    connection.close();
    reader.close();
  }
}
