import { z } from 'zod';

/** Longest shard, region and pool name: `jitsi-<name>` and `<name>.<number>` must fit a DNS label of 63. */
export const maxNameLength = 40;

/** A DNS label (RFC 1123) without dots: the dot separates a shard's name from its incarnation's number. */
export const label = z
  .string()
  .max(maxNameLength, `at most ${maxNameLength} characters`)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'lower-case letters, digits and inner hyphens');

/** How many bridges a shard may have; both ends count. */
export const bridgeRange = z
  .object({ min: z.int().min(1), max: z.int().max(1000) })
  .refine(({ min, max }) => min <= max, 'MIN must not be above MAX');

export type BridgeRange = z.infer<typeof bridgeRange>;

/** What the operator wants of a shard. Health is another matter and never changes this. */
export const desiredState = z.enum(['active', 'cordoned', 'draining']);

/** The version of a shard's images, as a container registry takes it. */
export const imageTag = z
  .string()
  .regex(/^\w[\w.-]{0,127}$/, 'a tag of at most 128 letters, digits, dots, hyphens and underscores');

/** What its operator wants to become of a shard; the words after `desired` are for one that drains. */
export const wish = z.object({
  desired: desiredState.default('active'),
  /** When its rooms should have left, in milliseconds since the epoch. */
  deadline: z.int().optional(),
  /** Rooms that are still there at the deadline, or now when there is none, are cut. */
  force: z.boolean().optional(),
  /** It is removed when nobody is on it. */
  removing: z.boolean().optional(),
});

export type Wish = z.infer<typeof wish>;

/** One shard as its operator wants it: what an overlay says, and all that a driver needs to make it real. */
export const shardSpec = z.object({
  name: label,
  region: label,
  bridges: bridgeRange,
  ...wish.shape,
  /** Share of new rooms against the other shards of the pool, in percent of the usual share. */
  weight: z.int().min(0).max(10_000).default(100),
  pool: label.default('main'),
  /** Undefined: the one that the fleet's shards share. */
  imageTag: imageTag.optional(),
  /** So many participants its signalling carries at most. Undefined: as many as the fleet file says. */
  signallingParticipants: z.int().min(1).optional(),
});

export type ShardSpec = z.infer<typeof shardSpec>;
