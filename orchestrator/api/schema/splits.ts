import { z } from 'zod';
import { splitKinds } from '../../split-detector/split.ts';

const splitKind = z.enum(splitKinds);

const splitCounts = z.record(splitKind, z.int());

/** Rooms of which table, proxies and censuses have not agreed for a while. */
export const splitSummary = z.object({
  /** Null: this orchestrator has not looked yet. */
  lookedAt: z.iso.datetime().nullable(),
  /** By kind; all kinds are there. */
  counts: splitCounts,
  /** Seen, but not for long enough to be sure. */
  suspected: z.int(),
});
export type SplitSummary = z.infer<typeof splitSummary>;

/** The same, room by room. */
export const splitsStatus = splitSummary.extend({
  /** Proxies and censuses that could not be read: they say nothing, neither good nor bad. */
  unread: z.array(z.object({ where: z.string(), reason: z.string() })),
  /** The worst first, at most 1000. */
  splits: z.array(
    z.object({
      kind: splitKind,
      room: z.string(),
      since: z.iso.datetime(),
      /** What each place says: `table`, a proxy, or the `census` of `shard`. */
      evidence: z.array(
        z.object({
          where: z.string(),
          /** An incarnation, or `?`; null: nothing. */
          shard: z.string().nullable(),
          participants: z.int().optional(),
        }),
      ),
      /** What the operator may do. */
      doThis: z.string(),
    }),
  ),
});
export type SplitsStatus = z.infer<typeof splitsStatus>;
