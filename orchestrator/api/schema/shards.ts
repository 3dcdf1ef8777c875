import { z } from 'zod';
import { desiredState } from '../../../shards/spec/schema.ts';
import { shardSignalling } from './signalling.ts';

/** One bridge of a shard, and the address of its REST interface. */
export const bridgeStatus = z.object({
  name: z.string(),
  rest: z.string(),
});

/** One shard: what its operator wants of it, how it is, and what it carries. */
export const shardStatus = z.object({
  name: z.string(),
  /** `eu-1.7`: its present life. */
  incarnation: z.string(),
  region: z.string(),
  pool: z.string(),
  desired: desiredState,
  observed: z.enum(['provisioning', 'ready', 'degraded', 'down']),
  /** Why it is not ready; empty when it is. */
  reason: z.string(),
  /** Do proxies send it rooms? */
  admitted: z.boolean(),
  /** Was its removal asked for? */
  removing: z.boolean(),
  drained: z.boolean(),
  /** When the rooms of a shard that drains should have left; null without a deadline. */
  deadline: z.iso.datetime().nullable(),
  /** Are rooms cut that are left then, or now when there is no deadline? */
  force: z.boolean(),
  /** Buckets that prefer it, of 1024 in its pool. */
  buckets: z.int(),
  rooms: z.int(),
  /** By its last census; null when there is none. */
  participants: z.int().nullable(),
  /** Null before it was looked at. */
  signalling: shardSignalling.nullable(),
  web: z.string(),
  /** The version of its images; null: the one that the fleet's shards share. */
  imageTag: z.string().nullable(),
  bridges: z.array(bridgeStatus),
});
export type ShardStatus = z.infer<typeof shardStatus>;

/** A year: what is longer is a mistake. */
const maxDeadlineMs = 365 * 86_400_000;

/** What the operator wants of a shard from now on. */
export const desiredBody = z.strictObject({
  desired: desiredState,
  /** Only of a drain: when its rooms should have left, in milliseconds from now; without it, as it stands. */
  deadlineInMs: z.int().min(0).max(maxDeadlineMs).optional(),
  /** Only of a drain: rooms that are left then, or now without a deadline, are cut. */
  force: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
export type DesiredChange = z.output<typeof desiredBody>;

/** What becomes of the rooms that live on a shard to be removed; refused when that is not said. */
export const removeBody = z.strictObject({
  /** They end by themselves first. */
  drain: z.boolean().default(false),
  /** They are cut. */
  force: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
export type Removal = z.output<typeof removeBody>;
