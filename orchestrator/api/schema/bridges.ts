import { z } from 'zod';
import { bridgeWord } from '../../bridges/bridges-file.ts';

/** One bridge: what its operator wants of it, and what it said when it was last read. */
export const bridgeLoad = z.object({
  name: z.string(),
  shard: z.string(),
  rest: z.string(),
  /**
   * `open`: it takes conferences. `draining`: the orchestrator has it drain. `told`: an operator has taken it out.
   * `unable`: it is unhealthy or about to end. `unknown`: it cannot be read, or is not sure to be unable.
   */
  state: z.enum(['open', 'draining', 'told', 'unable', 'unknown']),
  /** Why it cannot be read, or is not well; empty when it is. */
  reason: z.string(),
  /** What its operator wants; null: nothing. */
  word: bridgeWord.nullable(),
  /** People on it, without those that other bridges carry; null when it does not say. */
  localEndpoints: z.int().nullable(),
  conferences: z.int().nullable(),
  /** Sent and received; null when it does not say. */
  bitsPerSecond: z.number().nullable(),
});
export type BridgeLoad = z.infer<typeof bridgeLoad>;

/** Which bridges to list. */
export const bridgesQuery = z.strictObject({ shard: z.string().optional() });

/** What an operator wants of a bridge. `cut` ends it at once, with the meetings on it. */
export const bridgeBody = z.strictObject({ word: bridgeWord, dryRun: z.boolean().default(false) });
