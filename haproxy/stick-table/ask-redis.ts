import { Redis } from 'ioredis';
import type { Address } from '../config/address.ts';

const withinMs = 500;

/**
 * Asks one Redis or one Sentinel, over a connection of its own. Rejects when it does not take the connection, or
 * one command is not answered, within half a second.
 */
export async function askRedis<T>(
  { host, port }: Address,
  password: string | undefined,
  ask: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = new Redis({
    ...{ host, port, lazyConnect: true, enableReadyCheck: false },
    ...{ connectTimeout: withinMs, commandTimeout: withinMs, disconnectTimeout: 100 },
    ...{ maxRetriesPerRequest: 0, retryStrategy: () => null },
    ...(password ? { password } : {}),
  });
  // Said by the rejection too.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}
