import { z } from 'zod';

/** Which events. Without `after` the last ones, else those that follow; always oldest first. */
export const eventsQuery = z.object({
  /** Only those about this room, by its key. */
  room: z.string().optional(),
  /** Only those about this shard, by name or incarnation. */
  shard: z.string().optional(),
  /** `shard.drain`, or `shard` for all that begin so. */
  action: z.string().optional(),
  /** None that is older. */
  since: z.iso.datetime().optional(),
  /** At most so many. */
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  /** Where the answer before this one ended. */
  after: z
    .string()
    .regex(/^\d+-\d+_\d+-\d+$/, 'not the `after` of an answer')
    .optional(),
  /** Wait so long, in milliseconds, for the first that fits. */
  waitMs: z.coerce.number().int().min(0).max(10_000).default(0),
});
export type EventsQuery = z.infer<typeof eventsQuery>;

/** A decision of usher, a command of an operator, or a step in a room's life. */
export const fleetEvent = z.object({
  /** When it was decided. The order is that in which events reached Redis. */
  at: z.iso.datetime(),
  /** `operator <who>`, `orchestrator`, or `agent <proxy>`. Who an operator is, is what their client says. */
  actor: z.string(),
  /** `subject.verb`, as in `buckets.move`. */
  action: z.string(),
  /** Shards or incarnations that it is about. */
  shards: z.array(z.string()),
  rooms: z.array(z.string()),
  reason: z.string(),
  /** What it was decided by. */
  inputs: z.record(z.string(), z.unknown()),
  /** Who could have been chosen, and why they were or were not. */
  candidates: z.array(z.object({ name: z.string(), chosen: z.boolean(), reason: z.string() })),
  /** `ok`, or why nothing came of it. */
  outcome: z.string(),
  /** How many items were left out of which list, so that an event stays small. */
  leftOut: z.record(z.string(), z.int()),
});
export type FleetEvent = z.infer<typeof fleetEvent>;

/** Events, oldest first. */
export const eventsAnswer = z.object({
  events: z.array(fleetEvent),
  /** To be given as `after` to get what comes next. */
  after: z.string(),
});
export type EventsAnswer = z.infer<typeof eventsAnswer>;
