import { z } from 'zod';

const figure = z.number().nullable();

/** What a shard carries, and what it carried. What is not known is null, never 0. */
export const shardLoad = z.object({
  name: z.string(),
  /** Now; null before its bridges were read. */
  now: z
    .object({
      /** Of all its bridges, sent and received, to participants and to other bridges. */
      bitsPerSecond: figure,
      /** Bits per second; where a bridge's stress says more than its throughput, by its stress. */
      demand: figure,
      packetsPerSecond: figure,
      /** Of the bridge that has the most; 1 is its limit. */
      highestStress: figure,
      /** By the census. */
      participants: figure,
      conferences: figure,
      bridges: z.int(),
      /** Bridges that take conferences. */
      openBridges: z.int(),
      /** Bridges of which it is known what they carry; the mean of these is taken for the others. */
      knownBridges: z.int(),
    })
    .nullable(),
  /** Means of five minutes, the oldest first; those of which nothing is known are missing. */
  history: z.array(
    z.object({
      from: z.iso.datetime(),
      bitsPerSecond: figure,
      demand: figure,
      highestStress: figure,
      participants: figure,
      conferences: figure,
      bridges: figure,
      openBridges: figure,
    }),
  ),
});
export type ShardLoadView = z.infer<typeof shardLoad>;

/** How far back. */
export const loadQuery = z.strictObject({ hours: z.coerce.number().min(0).max(17_472).default(24) });
