import { Gate } from '../common/gate.ts';
import { listen } from '../common/listen.ts';
import type { Logger } from '../common/log.ts';
import { loop } from '../common/loop.ts';
import { type Address, hostPort } from '../haproxy/config/address.ts';
import { connectRedis } from '../haproxy/stick-table/connection.ts';
import { followFeed } from '../haproxy/stick-table/feed.ts';
import { StickTable } from '../haproxy/stick-table/stick-table.ts';
import type { ShardDriver } from '../shards/driver.ts';
import type { Wishes } from '../shards/overlay/wishes.ts';
import type { FleetEventSink, ShardStatusSink } from '../shards/status-sink.ts';
import { createApi } from './api/server.ts';
import { RedisAudit } from './audit/redis-audit.ts';
import type { Control } from './control/control.ts';
import { runControl } from './control/run-control.ts';
import { TableView } from './control/table-view.ts';
import { refuseTenants } from './fleet/refuse-tenants.ts';
import type { Fleet } from './fleet/schema.ts';
import { chooseLock } from './leader/choose-lock.ts';
import { Election } from './leader/election.ts';
import { leadingDriver } from './leader/leading-driver.ts';
import { CensusBook } from './rooms/census-book.ts';
import { followLoads } from './scaling/control/follow-loads.ts';
import { Scalers } from './scaling/control/scalers.ts';
import { LifetimeBook } from './scaling/lifetimes/lifetime-book.ts';
import { LoadHistory } from './scaling/load-history/load-history.ts';
import { RulesBook } from './scaling/rules/rules-book.ts';
import { SignallingBook } from './scaling/signalling/signalling-book.ts';
import { ServerIds } from './shards/server-ids.ts';
import { SplitBook } from './split-detector/split-book.ts';

/** What an orchestrator is started with. */
export interface OrchestratorOptions {
  fleet: Fleet;
  /** As the fleet's processes are named: `orchestrator.1`; in Kubernetes as its pod is. */
  name: string;
  /** Where its API is reached. */
  api: Address;
  /** Where its API listens. Default: there. */
  listen?: Address;
  /** What operators want of the shards. */
  wishes: Wishes;
  driver: ShardDriver;
  /** Where the platform shows how shards are, if it has a place for that. */
  status?: ShardStatusSink;
  /** Where it shows what concerns the whole fleet, likewise. */
  events?: FleetEventSink;
  log: Logger;
}

/** So many bridges are read at a time: those that hang must not hold up the others, nor take all sockets. */
const bridgeReadsAtOnce = 128;

/** How soon entries that Redis could not take are tried again, in milliseconds. */
const flushAuditEveryMs = 1_000;

/** How often an orchestrator in a cluster tells the others that it is there, and when they forget it, in milliseconds. */
const registerEveryMs = 5_000;
const forgetAfterMs = 60_000;

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
  const lock = await chooseLock(fleet, connection, self);
  const election = new Election({ lock, self, audit, log });
  const token = () => election.token();
  const view = new TableView(({ tenants }) => refuseTenants({ fleet, audit, log }, tenants));
  const table = new StickTable(connection, fleet.name, fleet.redis.replicas, token);
  const loads = new LoadHistory(table, fleet.history.weeks);
  const control: Control = {
    ...options,
    table,
    lifetimes: new LifetimeBook(),
    loads,
    rules: new RulesBook(options.wishes, fleet.scaling, log),
    scaling: new Scalers(loads),
    signalling: new SignallingBook(),
    driver: leadingDriver(options.driver, () => election.assertLeads()),
    serverIds: new ServerIds(),
    censuses: new CensusBook(),
    bridgeReads: new Gate(bridgeReadsAtOnce),
    overlays: 'unread',
    shards: new Map(),
    election,
    splits: new SplitBook(),
    audit,
    pins: new Map(),
    rebuild: { reason: undefined, missing: new Map(), forced: false },
    mirror: () => view.mirror(),
    position: () => view.position(),
  };
  const api = createApi(control);
  try {
    await listen(api, options.listen ?? options.api, 'the API');
    log.info(self, 'orchestrator is up');
    await Promise.all([
      followFeed(reader, fleet.name, view, log, signal),
      election.run((leading) => runControl(control, leading), signal),
      followLoads(control, signal),
      loop('audit', flushAuditEveryMs, signal, log, () => audit.flush()),
      ...(fleet.driver === 'kubernetes'
        ? [loop('register', registerEveryMs, signal, log, () => register(control))]
        : []),
    ]);
  } finally {
    await api.close();
    await audit.flush();
    connection.close();
    reader.close();
  }
}

/** The fleet file names no pods: they name themselves. */
async function register({ table, api }: Control): Promise<void> {
  if (table.runId() === undefined) return;
  const now = Date.now();
  await table.putOrchestrator(hostPort(api), now, now - forgetAfterMs);
}
