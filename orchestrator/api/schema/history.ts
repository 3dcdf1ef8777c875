import { z } from 'zod';
import { policyNames } from '../../scaling/policies/make-policy.ts';

const figures = z.array(z.number().nullable());

/**
 * What a shard carried in steps of five minutes, a list for each figure with an entry for each step, the oldest first;
 * null where it is not known. And how the shard is set, to judge it by.
 */
export const shardHistory = z.object({
  name: z.string(),
  region: z.string(),
  /** How many shards there are besides it. */
  others: z.object({ inRegion: z.int(), elsewhere: z.int() }),
  /** As they are now, without what holds for a while. */
  settings: z.object({
    policy: z.object({ name: z.enum(policyNames), options: z.record(z.string(), z.unknown()) }),
    min: z.int(),
    max: z.int(),
    bridgeMbps: z.number().positive(),
    mbpsPerParticipant: z.number().positive(),
    timeZone: z.string(),
  }),
  /** When the first step began: the first of which something is known. */
  from: z.iso.datetime(),
  bitsPerSecond: figures,
  demand: figures,
  highestStress: figures,
  participants: figures,
  conferences: figures,
  bridges: figures,
  openBridges: figures,
});
export type ShardHistory = z.infer<typeof shardHistory>;

/** How far back; no further than `history.weeks` of the fleet file is kept. */
export const historyQuery = z.strictObject({ weeks: z.coerce.number().positive().max(104).default(4) });
