import { z } from 'zod';
import { imageTag, label } from '../../shards/spec/schema.ts';

/** One shard that gives way to another. */
const replacement = z.strictObject({
  /** The shard that goes, and its version; none: the fleet's own. */
  old: label,
  from: imageTag.optional(),
  /** The shard that comes, from when it was added, and its version. */
  new: label.optional(),
  to: imageTag.optional(),
  addedAt: z.iso.datetime().optional(),
  /** When it got its first share of new rooms: its trial begins. */
  readyAt: z.iso.datetime().optional(),
  /** Taken back: the new shard goes, and the old one stays. */
  back: z.boolean().optional(),
});

export type Replacement = z.infer<typeof replacement>;

/** `upgrade.yaml` in the fleet's folder: all that must outlive processes and Redis of an upgrade. */
export const upgradeFile = z.strictObject({
  imageTag,
  /** A new shard's share of new rooms while it is on trial, in percent of what it gets afterwards. */
  canary: z.int().min(1).max(100),
  /** So many new shards at a time. */
  surge: z.int().min(1).max(100),
  /** How long a trial takes, in milliseconds. */
  bakeMs: z.int().min(0),
  /** How long a new shard may take to get its first rooms, in milliseconds. */
  readyWithinMs: z.int().min(1_000),
  state: z.enum(['running', 'paused', 'stopped', 'done']),
  /** Why it is in this state, in plain words. */
  reason: z.string(),
  /** Is it on its way back to the versions from before? */
  rollback: z.boolean().optional(),
  shards: z.array(replacement),
});

export type Upgrade = z.infer<typeof upgradeFile>;
