/**
 * proxy-split: proxies send a room to different shards that serve. shard-split: people are in it on two shards.
 * missing: live, or in the table, but not known where it must be. stale: known, but nowhere live and beyond its
 * lifetime. unknown: live on a shard that should not have it.
 */
export const splitKinds = ['proxy-split', 'shard-split', 'missing', 'stale', 'unknown'] as const;

/** One of them. */
export type SplitKind = (typeof splitKinds)[number];

/** What one place says of the room. */
export interface Evidence {
  /** `table`, a proxy's name, or `census` of the incarnation in `shard`. */
  where: string;
  /** The incarnation, or `?`; null: the room is not there. */
  shard: string | null;
  /** By that census. */
  participants?: number | undefined;
}

/** One room of which table, proxies and censuses do not agree. */
export interface Split {
  kind: SplitKind;
  room: string;
  evidence: readonly Evidence[];
}

/** A split that has lasted. */
export interface ConfirmedSplit extends Split {
  /** When it was first seen, in milliseconds since the epoch. */
  since: number;
  /** Looks in a row that showed it. */
  looks: number;
}
