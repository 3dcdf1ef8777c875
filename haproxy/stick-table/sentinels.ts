import type { Redis } from 'ioredis';
import { type Address, hostPort } from '../config/address.ts';
import { askRedis } from './ask-redis.ts';
import type { RedisSettings } from './settings.ts';

/** What one Sentinel says. */
export interface SentinelView {
  primary: Address;
  /** How many replicas of it, and how many other Sentinels, this one knows. */
  replicas: number;
  others: number;
}

/** Asks one Sentinel; rejects when it does not answer or does not watch this primary. */
export function askSentinel(settings: RedisSettings, sentinel: Address): Promise<SentinelView> {
  return askRedis(sentinel, settings.sentinelPassword, async (redis) => {
    const fields = await readPrimary(redis, settings.primary);
    return {
      primary: { host: fields.get('ip') ?? '', port: Number(fields.get('port')) },
      replicas: Number(fields.get('num-slaves')),
      others: Number(fields.get('num-other-sentinels')),
    };
  });
}

/** Asks all Sentinels at once; those that do not answer are left out. */
export async function askSentinels(settings: RedisSettings): Promise<SentinelView[]> {
  const asked = (settings.sentinels ?? []).map((sentinel) => askSentinel(settings, sentinel));
  const answers = await Promise.allSettled(asked);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** The primary that most of all `sentinels` name; undefined when too few answer or they don't agree. */
export function agreedPrimary(views: readonly SentinelView[], sentinels: number): Address | undefined {
  const votes = Map.groupBy(views, ({ primary }) => hostPort(primary));
  const most = [...votes.values()].find((same) => same.length >= quorumOf(sentinels));
  return most?.[0]?.primary;
}

/** How many of so many Sentinels are most of them. */
export function quorumOf(sentinels: number): number {
  return Math.floor(sentinels / 2) + 1;
}

async function readPrimary(redis: Redis, name: string): Promise<Map<string, string>> {
  const flat = (await redis.call('SENTINEL', 'MASTER', name)) as string[];
  return new Map(flat.flatMap((field, index) => (index % 2 === 0 ? [[field, flat[index + 1] ?? '']] : [])));
}
