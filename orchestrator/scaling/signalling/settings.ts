import { z } from 'zod';

/**
 * What a shard's Prosody bears, and what is done before it bears no more. Prosody uses one core, whatever the machine
 * has; what that carries depends on the core and on the size of the meetings. Public figures are from 500 participants
 * (two small cores, in regular use) to 2,500 (in a load test): measure yours.
 */
export const signallingSettings = z.strictObject({
  /** Participants of one shard at most. A shard's own is the literal SIGNALLING_PARTICIPANTS of its overlay. */
  participants: z.int().min(1).default(1_000),
  /**
   * Connections to one shard through all proxies at most, of which each participant has one, and those who wait to come
   * in or come back have too. Default: half as many again as participants.
   */
  websockets: z.int().min(1).optional(),
  /** From this part of a limit on, a shard is said to be near it. */
  nearAt: z.number().min(0.1).max(1).default(0.8),
  /** `advise`: operators are told what to add or drain. `follow`: it is done, where the orchestrator can. */
  shards: z.enum(['advise', 'follow']).default('advise'),
  /** So many shards of a region in a pool take new rooms at least: fewer are not drained to. */
  min: z.int().min(1).default(1),
  /** So many there are at most, drained ones not counted: more are not added. */
  max: z.int().min(1).default(10),
  /** No shard is drained before so long after the last change of a region's shards in a pool, in milliseconds. */
  drainAfterMs: z.int().min(0).default(86_400_000),
});

export type SignallingSettings = z.infer<typeof signallingSettings>;
