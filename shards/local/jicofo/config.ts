import { z } from 'zod';
import { xmppSchema } from '../simulator/config.ts';

/** One simulated Jicofo. The defaults are the real one's (reference.conf). */
export const jicofoConfigSchema = z.object({
  shard: z.string(),
  restHost: z.string().default('127.0.0.1'),
  /** 0 takes a free port. */
  restPort: z.int(),
  xmpp: xmppSchema.extend({ conferenceDomain: z.string() }),
  /** `JICOFO_ENABLE_HEALTH_CHECKS`: without it there is no `/about/health`. */
  healthChecks: z.boolean().default(true),
  region: z.string().optional(),
  /** One that ends in `-broken` is unhealthy for good, to see what becomes of an upgrade to it. */
  version: z.string().default('1.1-usher'),
  /** From so many participants on a conference gets a bridge. */
  minParticipants: z.int().positive().default(2),
  /** How long a requested conference waits for its first participant. */
  initialTimeoutMs: z.int().positive().default(15_000),
  /** How long the last participant keeps its place on the bridge. */
  singleParticipantTimeoutMs: z.int().nonnegative().default(20_000),
});

export type JicofoConfig = z.infer<typeof jicofoConfigSchema>;
