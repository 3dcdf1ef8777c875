import { z } from 'zod';
import { imageTag } from '../../../shards/spec/schema.ts';
import { upgradeFile } from '../../upgrade/schema.ts';

/** The upgrade under way, or the last one. */
export const upgradeStatus = z.object({
  imageTag: z.string(),
  state: z.enum(['running', 'paused', 'stopped', 'done']),
  /** Why it is in this state. */
  reason: z.string(),
  /** Is it on its way back to the versions from before? */
  rollback: z.boolean(),
  shards: z.array(
    z.object({
      old: z.string(),
      /** Versions before and after; null: the one that the fleet's shards share. */
      from: z.string().nullable(),
      /** The shard in its place; null before it was added. */
      new: z.string().nullable(),
      to: z.string().nullable(),
      done: z.boolean(),
      /** Is the new shard to be applied, as a copy of the old one but for its name and version? */
      toApply: z.boolean(),
      /** What it waits for, or what comes next. */
      reason: z.string(),
    }),
  ),
});
export type UpgradeStatus = z.infer<typeof upgradeStatus>;

/** An upgrade of shards to another version of their images. */
export const upgradeBody = z.strictObject({
  imageTag,
  /** Which; none: all that have another version and are not on their way out. */
  shards: z.array(z.string()).default([]),
  /** A new shard's share of new rooms while it is on trial, in percent of what it gets afterwards. */
  canary: upgradeFile.shape.canary.default(10),
  /** So many new shards at a time. */
  surge: upgradeFile.shape.surge.default(1),
  /** How long a trial takes, in milliseconds. */
  bakeMs: upgradeFile.shape.bakeMs.default(600_000),
  /** How long a new shard may take to get its first rooms, in milliseconds. */
  readyWithinMs: upgradeFile.shape.readyWithinMs.default(600_000),
  dryRun: z.boolean().default(false),
});
export type UpgradeWish = Omit<z.output<typeof upgradeBody>, 'dryRun'>;

/** A word to the upgrade under way. */
export const upgradeWordBody = z.strictObject({
  word: z.enum(['pause', 'resume', 'rollback']),
  dryRun: z.boolean().default(false),
});
export type UpgradeWord = z.output<typeof upgradeWordBody>['word'];
