import { z } from 'zod';
import { xmppSchema } from '../simulator/config.ts';

/** One simulated bridge. Defaults in comments are the real JVB's where they differ. */
export const bridgeConfigSchema = z.object({
  shard: z.string(),
  region: z.string(),
  /** Nickname in the brewery; unique in the shard. */
  name: z.string(),
  restHost: z.string().default('127.0.0.1'),
  /** 0 takes a free port. */
  restPort: z.int(),
  xmpp: xmppSchema,
  /** Presence and bit rates are renewed this often, as the JVB's. */
  statsIntervalMs: z.int().positive().default(5_000),
  /** Incoming plus outgoing, half each, per local endpoint. */
  bitsPerSecondPerParticipant: z.number().nonnegative().default(1_000_000),
  /** The bit rates go up and down by this share, as true ones do: figures that stand still are of a bridge that hangs. */
  bitRateWobble: z.number().min(0).max(1).default(0.005),
  /** Where stress is 1.0: 10 MB/s, amid the 4-17 of public load tests. */
  bitsPerSecondAtFullStress: z.number().positive().default(80_000_000),
  /** From empty in graceful shutdown to exit, for Jicofo to notice; the JVB takes 60,000. */
  shuttingDownDelayMs: z.int().nonnegative().default(1_000),
  /** Endpoints nobody manages any more expire after this, as the JVB's do without media. */
  orphanTimeoutMs: z.int().positive().default(60_000),
  version: z.string().default('2.3-usher'),
});

export type BridgeConfig = z.infer<typeof bridgeConfigSchema>;
