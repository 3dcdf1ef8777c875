import { messageOf } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { connectRedis, type RedisConnection } from '../../haproxy/stick-table/connection.ts';
import type { RedisSettings } from '../../haproxy/stick-table/settings.ts';
import type { Reached } from './doctor-view.ts';

/** Longer than a Sentinel takes to name the primary of a moment ago. */
const connectWithinMs = 3_000;

/** Does `work` with the fleet's Redis; whatever goes wrong is said, in Redis's own words where it has some. */
export async function reachRedis<T>(
  settings: RedisSettings,
  signal: AbortSignal,
  work: (connection: RedisConnection) => Promise<T>,
): Promise<Reached<T>> {
  const connection = connectRedis(settings, createLogger('doctor', 'silent'));
  let last = '';
  connection.redis.on('error', (fault: unknown) => {
    last = messageOf(fault) || last;
  });
  try {
    await waitFor(() => connection.runId(), {
      timeoutMs: connectWithinMs,
      signal,
      describe: () => last || `no answer within ${connectWithinMs} ms`,
    });
    return { ok: true, value: await work(connection) };
  } catch (fault) {
    return { ok: false, reason: messageOf(fault) };
  } finally {
    connection.close();
  }
}

/** Redis as findings name it: without a password. */
export function redisName({ url, primary }: RedisSettings): string {
  return url === undefined ? `Redis "${primary}", by its Sentinels` : `Redis at ${new URL(url).host}`;
}
