import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { readRunId } from './run-id.ts';
import type { RedisSettings } from './settings.ts';

/** A connection to the Redis of the stick table that knows which Redis process it talks to. */
export interface RedisConnection {
  readonly redis: Redis;
  /** Which Redis is at the other end, in which life as primary (run-id.ts); undefined without a connection. */
  runId(): string | undefined;
  close(): void;
}

/**
 * Connects, and keeps reconnecting for ever. Nothing is queued while the connection is down and nothing is sent
 * again after it: a command meant for one Redis must never reach the next one. Values: architecture.md, "Redis".
 */
export function connectRedis(
  settings: RedisSettings,
  log: Logger,
  options: { blocking?: boolean } = {},
): RedisConnection {
  const redis = createClient(settings, options.blocking ?? false);
  let runId: string | undefined;
  redis.on('ready', () => {
    readRunId(redis).then(
      (id) => {
        runId = id;
      },
      (error: unknown) => {
        log.warn({ error: messageOf(error) }, 'redis did not tell its run_id');
        redis.disconnect(true);
      },
    );
  });
  redis.on('close', () => {
    if (runId) log.warn({}, 'redis connection lost');
    runId = undefined;
  });
  redis.on('error', (error: unknown) => log.debug({ error: messageOf(error) }, 'redis connection error'));
  return { redis, runId: () => runId, close: () => redis.disconnect() };
}

function createClient(settings: RedisSettings, blocking: boolean): Redis {
  const options = {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // 1, as architecture.md has it, leaves commands of a lost connection unanswered for ever (feed.test.ts).
    maxRetriesPerRequest: 0,
    disconnectTimeout: 100,
    connectTimeout: 1_000,
    // A blocking read waits as long as it asked for; everything else answers at once or not at all.
    ...(blocking ? { blockingTimeout: 3_000 } : { commandTimeout: 500 }),
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
    reconnectOnError: (error: Error) => /^(READONLY|NOREPLICAS)/.test(error.message),
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(settings.password === undefined ? {} : { password: settings.password }),
    ...tlsOptions(settings),
  } satisfies RedisOptions;
  if (settings.url !== undefined) return new Redis(settings.url, options);
  return new Redis({
    ...options,
    sentinels: settings.sentinels ?? [],
    name: settings.primary,
    ...(settings.sentinelPassword === undefined ? {} : { sentinelPassword: settings.sentinelPassword }),
    failoverDetector: true,
    // A Sentinel that is stopped still takes connections: without a bound, nobody would ask the next one.
    sentinelCommandTimeout: 500,
    sentinelRetryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  });
}

function tlsOptions({ tls }: RedisSettings): { tls?: ConnectionOptions } {
  if (tls === false) return {};
  return { tls: tls === true ? {} : { ca: readFileSync(tls.ca) } };
}
