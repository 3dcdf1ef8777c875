import { Redis } from 'ioredis';
import type { Address } from '../config/address.ts';

/**
 * Asks one Redis or one Sentinel, over a connection of its own. Rejects when it does not take the connection, or
 * one command is not answered, within `withinMs`.
 */
export async function askRedis<T>(
  { host, port }: Address,
  password: string | undefined,
  ask: (redis: Redis) => Promise<T>,
  withinMs = 500,
): Promise<T> {
  const redis = new Redis({
    ...{ host, port, lazyConnect: true, enableReadyCheck: false },
    ...{ connectTimeout: withinMs, commandTimeout: withinMs, disconnectTimeout: 100 },
    ...{ maxRetriesPerRequest: 0, retryStrategy: () => null },
    ...(password ? { password } : {}),
  });
  // Said before the rejection, which only knows that the connection is closed.
  let fault: unknown;
  redis.on('error', (error: unknown) => {
    fault = error;
  });
  try {
    await redis.connect().catch((error: unknown) => {
      throw fault ?? error;
    });
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}
