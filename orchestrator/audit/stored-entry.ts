import { z } from 'zod';

/** One entry of the audit stream, the JSON of its field `entry`. When it was written is the stream's own id. */
export const storedEntry = z.object({
  actor: z.string(),
  action: z.string(),
  shards: z.array(z.string()).default([]),
  rooms: z.array(z.string()).default([]),
  reason: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  candidates: z.array(z.object({ name: z.string(), chosen: z.boolean(), reason: z.string() })).default([]),
  outcome: z.string(),
  /** How many items were left out of which list, so that an entry stays small. */
  leftOut: z.record(z.string(), z.int()).default({}),
  /** How long it was kept in memory before Redis could take it, in milliseconds. */
  heldMs: z.int().min(0).default(0),
});

export type StoredEntry = z.infer<typeof storedEntry>;
