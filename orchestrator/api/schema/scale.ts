import { z } from 'zod';
import { scaleChange } from '../../scaling/rules/scale-change.ts';
import { shardOrEvery } from '../../scaling/rules/scale-file.ts';

const many = z.int().min(0);

/** A decision on a shard's bridges. */
const decided = z.object({
  /** So many there, those not counted that are ending. */
  exist: many,
  /** Those that take conferences, by name. */
  open: z.array(z.string()),
  reasons: z.array(z.string()),
});

/** What a load is expected not to exceed. */
const expected = z.object({
  /** Within 5 minutes, with 95 % probability. */
  within5: z.number(),
  /** Within 25 minutes, with 99 %. */
  within25: z.number(),
  /** Within 30 minutes, with 80 %. */
  within30: z.number(),
});

/** How the bridges of a shard are scaled. */
export const shardScale = z.object({
  name: z.string(),
  /** What decides, and its options that differ from the usual ones. */
  policy: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  /** What a bridge should carry at most. */
  bridgeMbps: z.number(),
  mbpsPerParticipant: z.number(),
  timeZone: z.string(),
  /** A HorizontalPodAutoscaler decides how many there are, and nothing else of this holds. */
  scaledElsewhere: z.boolean(),
  /** Bridges that are there now. */
  bridges: many,
  /** Bridges that take conferences now. */
  openBridges: many,
  /** What they carry now, in loads of a bridge; null: not known. */
  load: z.number().nullable(),
  /** What operators allow and ask now. */
  limits: z.object({
    min: many,
    max: many,
    /** No bridge goes. */
    noScaleDown: z.boolean(),
    /** All stays as it is. */
    paused: z.boolean(),
    /** What announced events bring, in loads of a bridge. */
    expected: z.number(),
    /** Each with the one who said so. */
    reasons: z.array(z.string()),
  }),
  /** Windows that come again every week. */
  schedules: z.array(
    z.object({
      name: z.string(),
      /** Its days and times. */
      window: z.string(),
      min: many.nullable(),
      max: many.nullable(),
      noScaleDown: z.boolean(),
      priority: z.int(),
      /** Whether it is open now. */
      active: z.boolean(),
    }),
  ),
  /** Announced events that are not over. */
  events: z.array(
    z.object({
      name: z.string(),
      people: many,
      /** From when until when there is room for them on top of the load. */
      from: z.iso.datetime(),
      until: z.iso.datetime(),
    }),
  ),
  /** Bridges at least for a while, as far as it is not over; null: since ever, or for good. */
  floors: z.array(
    z.object({ bridges: many, from: z.iso.datetime().nullable(), until: z.iso.datetime().nullable() }),
  ),
  /** The last decision; null before there is one. */
  decision: decided
    .extend({
      at: z.iso.datetime(),
      /** What the load is expected not to exceed, in loads of a bridge; null: the policy does not look ahead. */
      forecast: expected.nullable(),
      /** What the policy wanted, without any limit. */
      wanted: decided,
    })
    .nullable(),
});
export type ShardScale = z.infer<typeof shardScale>;

/** A change of what operators want of scaling. */
export const scaleBody = z.strictObject({
  /** The name of a shard, or `*` for every one. */
  shard: shardOrEvery,
  change: scaleChange,
  dryRun: z.boolean().default(false),
});
export type ScaleBody = z.infer<typeof scaleBody>;
