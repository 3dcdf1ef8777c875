import type { RedisConnection } from '../../../haproxy/stick-table/connection.ts';

/** How often each command was called since the Redis started; those that scripts call count, too. */
export async function commandCalls({ redis }: RedisConnection): Promise<Map<string, number>> {
  const text = await redis.info('commandstats');
  const lines = text.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return new Map([...lines].map(([, name = '', calls]) => [name, Number(calls)]));
}
