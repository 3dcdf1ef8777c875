import { z } from 'zod';
import { fleetEvent } from '../../events/schema.ts';

/** One seated room. */
export const roomStatus = z.object({
  /** The room key, `tenant/name`. */
  room: z.string(),
  /** The incarnation that it sits on. */
  shard: z.string(),
  state: z.enum(['claimed', 'live', 'lingering', 'retiring']),
  seatedAt: z.iso.datetime(),
  /** By its shard's last census; null when that does not show it. */
  participants: z.int().nullable(),
});
export type RoomStatus = z.infer<typeof roomStatus>;

/** All that is known of where a room sits or would sit, and why. */
export const roomExplanation = z.object({
  room: z.string(),
  tenant: z.string(),
  pool: z.string(),
  bucket: z.int(),
  /** The shard that new rooms of its bucket get; null before the first assignment. */
  preferred: z.string().nullable(),
  /** The bucket's move under way, if one is. */
  move: z.object({ phase: z.enum(['hold', 'release']), to: z.string() }).nullable(),
  placement: roomStatus.nullable(),
  /** Shards whose last census shows the room. */
  census: z.array(z.object({ shard: z.string(), participants: z.int() })),
  /** What each proxy holds of it; null where it holds nothing, or its agent does not answer (`error`). */
  proxies: z.array(
    z.object({
      proxy: z.string(),
      room: z.string().nullable(),
      bucket: z.string().nullable(),
      slot: z.string().nullable(),
      error: z.string().optional(),
    }),
  ),
  /** The shard that its operator pinned it to. */
  pin: z.string().nullable(),
  /** In plain words, most important first. */
  reasons: z.array(z.string()),
  /** The last ones about it, oldest first. */
  events: z.array(fleetEvent),
});
export type RoomExplanation = z.infer<typeof roomExplanation>;

/** Which rooms to list; everything that is given must fit. */
export const roomsQuery = z.object({
  /** Only those on this shard, by name or incarnation. */
  shard: z.string().optional(),
  /** Only those in this state. */
  state: roomStatus.shape.state.optional(),
  /** At most so many. */
  limit: z.coerce.number().int().min(1).max(100_000).default(1_000),
});
export type RoomsQuery = z.output<typeof roomsQuery>;

/** Where the operator wants a room; null: nowhere in particular. */
export const pinBody = z.strictObject({ shard: z.string().nullable(), dryRun: z.boolean().default(false) });
