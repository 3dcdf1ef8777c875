import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listen } from '../../common/listen.ts';
import type { Logger } from '../../common/log.ts';
import { loop } from '../../common/loop.ts';
import { type Address, hostPort } from '../config/address.ts';
import type { ProxySettings } from '../config/schema.ts';
import { ProxyMaps } from '../maps/proxy-maps.ts';
import { RuntimeClient } from '../runtime/client.ts';
import { createSpoeServer } from '../spoe/server.ts';
import { connectRedis, type RedisConnection } from '../stick-table/connection.ts';
import { followFeed } from '../stick-table/feed.ts';
import type { RedisSettings } from '../stick-table/settings.ts';
import { StickTable } from '../stick-table/stick-table.ts';
import { Claims } from './claims.ts';
import { ConfigurationFiles } from './configuration-files.ts';
import { diffProxy } from './diff.ts';
import { createAgentHttp } from './http.ts';
import { createAgentMetrics } from './metrics.ts';
import { ProxyKeeper } from './proxy-keeper.ts';
import { ProxyServers, shardsBackend } from './proxy-servers.ts';
import {
  knownServers,
  reportDigests,
  reportEntries,
  reportRooms,
  reportSessions,
  reportStatus,
} from './report.ts';
import { ServerSessions } from './server-sessions.ts';
import type { AgentDiff } from './status.ts';
import { writeReport } from './table-report.ts';

/** What an agent is started with. */
export interface AgentOptions {
  fleet: string;
  redis: RedisSettings;
  proxy: ProxySettings;
  /**
   * `host:port` at which others are told to reach its HTTP server. Default: where it listens. A pod's name, since
   * another proxy's pod may have its old address by the time it is asked.
   */
  announcedAs?: string;
  /** SPOE addresses of the other proxies' agents, which stand in for this one. */
  backupAgents: readonly Address[];
  /** HAProxy's folder: configuration, maps, and its runtime socket `runtime.sock`. */
  directory: string;
  /** HAProxy's master socket (`-S`). */
  masterSocket: string;
  /** G of protocol.md: how long a claim that no census confirms is kept. */
  graceMs: number;
  /** How often Redis, memory, files and HAProxy are compared, in milliseconds. Default 5 minutes. */
  auditEveryMs?: number;
  log: Logger;
}

const checkEveryMs = 250;
const defaultAuditEveryMs = 5 * 60_000;
const announceEveryMs = 1_000;

/**
 * The process beside a HAProxy: answers its claims, and keeps its configuration, servers and maps in step with the
 * stick table. Runs until `signal` aborts. Throws UsherError when an address cannot be had.
 */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const connection = connectRedis(options.redis, options.log);
  const reader = connectRedis(options.redis, options.log, { blocking: true });
  try {
    await serve(options, connection, reader, signal);
  } finally {
    connection.close();
    reader.close();
  }
}

async function serve(
  options: AgentOptions,
  connection: RedisConnection,
  reader: RedisConnection,
  signal: AbortSignal,
): Promise<void> {
  const { fleet, proxy, directory, log } = options;
  await mkdir(directory, { recursive: true });
  const table = new StickTable(connection, fleet, options.redis.replicas);
  const runtime = new RuntimeClient({
    address: join(directory, 'runtime.sock'),
    bufferBytes: proxy.limits.bufferBytes,
    signal,
  });
  const master = new RuntimeClient({ address: options.masterSocket, timeoutMs: 2_000, signal });
  const maps = new ProxyMaps({ directory, runtime, master, log });
  await maps.load();
  const files = await ConfigurationFiles.open(options, master);
  const keeper = new ProxyKeeper({
    maps,
    servers: new ProxyServers({
      runtime,
      sessions: new ServerSessions(shardsBackend, runtime, master, log),
      writeConfiguration: (servers) => files.write(servers),
      log,
    }),
    ack: async (operation, phase) => {
      await table.ack(operation, phase, proxy.name);
    },
    log,
  });
  const startedAt = performance.now();
  const claims = new Claims(table, options.graceMs, proxy.name, log);
  const spoe = createSpoeServer({ handle: claims.handle, handleTimeoutMs: proxy.limits.claimMs, log });
  const metrics = createAgentMetrics({ claims, keeper, maps, spoe, files });

  const http = createAgentHttp({
    status: () => reportStatus({ proxy: proxy.name, keeper, maps, claims, files, runtime }),
    entries: (room, bucket) => reportEntries(maps, room, bucket),
    diff: () => diffProxy(maps, connection.redis, fleet),
    digests: () => reportDigests(runtime, directory),
    rooms: (buckets) => reportRooms(runtime, directory, buckets),
    sessions: () => reportSessions(master),
    repair: () => repair(),
    report: async () =>
      writeReport({
        proxy: proxy.name,
        // Not before the feed of the Redis before has been carried to its end: the report must be the last word.
        runId: keeper.waitsFor === connection.runId() ? (keeper.waitsFor ?? null) : null,
        uptimeMs: performance.now() - startedAt,
        servers: await knownServers(runtime, keeper),
        maps: maps.contents(),
        answers: claims.answers.at(Date.now()),
      }),
    metrics: () => metrics.text(),
  });

  const repair = async (): Promise<AgentDiff> => {
    // Not in step: it is being brought in step, and whatever differs is on its way.
    if (!keeper.inStep) return [];
    const differences = await diffProxy(maps, connection.redis, fleet);
    if (differences.length === 0) return [];
    log.warn(
      { entries: differences.length, first: differences[0] },
      'drifted from the stick table: repairing',
    );
    metrics.drifted(differences);
    await keeper.repair(differences.some(({ where }) => where === 'agent'));
    return differences;
  };
  const audit = async () => {
    await repair();
  };
  const announce = async () => {
    if (connection.runId() === undefined) return;
    const address = options.announcedAs ?? hostPort(proxy.agent.http);
    await table.putAgent(proxy.name, {
      proxy: proxy.name,
      http: address,
      at: Date.now(),
      inStep: keeper.inStep,
    });
  };
  try {
    await listen(http, proxy.agent.http, `the agent of ${proxy.name}`);
    await spoe.listen(proxy.agent.spoe);
    log.info({ proxy: proxy.name }, 'agent is up');
    await Promise.all([
      followFeed(reader, fleet, keeper, log, signal),
      loop('check', checkEveryMs, signal, log, () => keeper.check()),
      loop('announce', announceEveryMs, signal, log, announce),
      loop('audit', options.auditEveryMs ?? defaultAuditEveryMs, signal, log, audit),
    ]);
  } finally {
    await spoe.close();
    await http.close();
  }
}
