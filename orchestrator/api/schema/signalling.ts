import { z } from 'zod';

const figure = z.number().nullable();

/** What a shard's signalling carries, against its limits. What is not known is null, never 0. */
export const shardSignalling = z.object({
  /** By the census. */
  participants: figure,
  maxParticipants: z.number(),
  /** Connections to it through all proxies. */
  websockets: figure,
  maxWebsockets: z.number(),
  /** Of the figure that is nearest to its limit; 1 is the limit. */
  ratio: figure,
  /** Is it near it, by the fleet's `nearAt`? */
  near: z.boolean(),
});
export type ShardSignallingStatus = z.infer<typeof shardSignalling>;

/** The signalling of the shards of one region in one pool, and how many there should be. */
export const groupSignalling = z.object({
  pool: z.string(),
  region: z.string(),
  shards: z.array(z.string()),
  /** What they carry, in participants; websockets count as so many as they weigh. */
  participants: figure,
  /** Not exceeded within the next hour, with 97.5 %; null before there is a day's history. */
  withinHour: figure,
  /** The highest of the last week; null before there is a week's history. */
  weekHighest: figure,
  /** What is done about their number. */
  do: z.enum(['nothing', 'add', 'drain', 'undrain']),
  reason: z.string(),
  /** What that was decided by, in words. */
  figures: z.string(),
  /** Will they need more room than they have? */
  short: z.boolean(),
  /** The command that does it, where usher does not do it itself. */
  advice: z.string().nullable(),
});
export type GroupSignalling = z.infer<typeof groupSignalling>;
