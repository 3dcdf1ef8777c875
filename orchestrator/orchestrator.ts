import { listen } from '../common/listen.ts';
import type { Logger } from '../common/log.ts';
import { loop } from '../common/loop.ts';
import { type Address, hostPort } from '../haproxy/config/address.ts';
import { connectRedis } from '../haproxy/stick-table/connection.ts';
import type { FeedEntry } from '../haproxy/stick-table/events.ts';
import { followFeed } from '../haproxy/stick-table/feed.ts';
import type { StickTableMirror } from '../haproxy/stick-table/mirror.ts';
import { StickTable } from '../haproxy/stick-table/stick-table.ts';
import type { ShardDriver } from '../shards/driver.ts';
import { createApi } from './api/server.ts';
import type { AuditEntry } from './audit/audit.ts';
import { RedisAudit } from './audit/redis-audit.ts';
import { runBuckets } from './buckets/run-buckets.ts';
import type { Control } from './control/control.ts';
import type { Fleet } from './fleet/schema.ts';
import { changedTenants } from './fleet/tenant-changes.ts';
import { Election } from './leader/election.ts';
import { leadingDriver } from './leader/leading-driver.ts';
import { RedisLock } from './leader/redis-lock.ts';
import { runOperations } from './operations/run-operations.ts';
import { runPins } from './pins/run-pins.ts';
import { runRebuild } from './rebuild/run-rebuild.ts';
import { CensusBook } from './rooms/census-book.ts';
import { runCensuses } from './rooms/run-censuses.ts';
import { keepShards } from './shards/keep-shards.ts';
import { runDowns } from './shards/run-downs.ts';
import { runDrains } from './shards/run-drains.ts';
import { runSplitDetector } from './split-detector/run-split-detector.ts';
import { SplitBook } from './split-detector/split-book.ts';
import { runUpgrade } from './upgrade/run-upgrade.ts';

export interface OrchestratorOptions {
  fleet: Fleet;
  /** As the fleet's processes are named: `orchestrator.1`. */
  name: string;
  /** Where its API listens. */
  api: Address;
  /** The fleet's folder: fleet.yaml and the shards' overlays. */
  folder: string;
  driver: ShardDriver;
  log: Logger;
}

/** How soon entries that Redis could not take are tried again, in milliseconds. */
const flushAuditEveryMs = 1_000;

/**
 * Runs one orchestrator until `signal` aborts: it follows the stick table and serves the API always, and controls
 * while it leads. Throws UsherError when its API address cannot be had.
 */
export async function runOrchestrator(options: OrchestratorOptions, signal: AbortSignal): Promise<void> {
  const { fleet, name, log } = options;
  const connection = connectRedis(fleet.redis, log);
  const reader = connectRedis(fleet.redis, log, { blocking: true });
  const audit = new RedisAudit({ connection, fleet: fleet.name, entries: fleet.audit.entries, log });
  const self = { name, api: hostPort(options.api) };
  const election = new Election({ lock: new RedisLock(connection, fleet.name, self), self, audit, log });
  const token = () => election.token();
  let mirror: StickTableMirror | undefined;
  let position: string | undefined;
  const control: Control = {
    ...options,
    table: new StickTable(connection, fleet.name, fleet.redis.replicas, token),
    driver: leadingDriver(options.driver, token),
    censuses: new CensusBook(),
    shards: new Map(),
    election,
    splits: new SplitBook(),
    audit,
    pins: new Map(),
    rebuild: { reason: undefined, missing: new Map(), forced: false },
    mirror: () => mirror,
    position: () => position,
  };
  const follower = {
    async reset(whole: StickTableMirror, at: string) {
      mirror = whole;
      position = at;
      const tenants = changedTenants(fleet, whole.tenants);
      if (tenants.length === 0) return;
      log.error({ tenants }, 'pools of tenants changed: not before `down` and `up`');
      audit.record(refusedTenants(tenants));
    },
    async advance(entries: readonly FeedEntry[]) {
      // The mirror that was given at the reset is kept in step by the feed itself.
      position = entries.at(-1)?.id ?? position;
    },
  };
  const api = createApi(control);
  try {
    await listen(api, options.api, 'the API');
    log.info(self, 'orchestrator is up');
    await Promise.all([
      followFeed(reader, fleet.name, follower, log, signal),
      election.run((leading) => runControl(control, leading), signal),
      loop('audit', flushAuditEveryMs, signal, log, () => audit.flush()),
    ]);
  } finally {
    await api.close();
    await audit.flush();
    connection.close();
    reader.close();
  }
}

/** The control loops of one leadership. What an earlier one knew beyond the table may have changed since. */
async function runControl(control: Control, signal: AbortSignal): Promise<void> {
  control.censuses.keepOnly(new Set());
  await Promise.all([
    keepShards(control, signal),
    runCensuses(control, signal),
    runOperations(control, signal),
    runBuckets(control, signal),
    runDrains(control, signal),
    runDowns(control, signal),
    runUpgrade(control, signal),
    runSplitDetector(control, signal),
    runRebuild(control, signal),
    runPins(control, signal),
  ]);
}

function refusedTenants(tenants: readonly string[]): AuditEntry {
  return {
    actor: 'orchestrator',
    action: 'fleet.refuse',
    reason: 'pools of tenants differ between fleet.yaml and the stick table',
    inputs: { tenants },
    outcome: 'they stay as they are until `usher down` and `usher up`',
  };
}
