import type { Incarnation, Shard } from './shards.ts';

/** What the feed says, as far as maps and acknowledgements need it. */
export type FeedEvent =
  | { type: 'seat'; room: number; shard: Incarnation }
  | { type: 'tombstone'; operation: string; room: number }
  | { type: 'deleted'; room: number }
  | { type: 'hold'; operation: string }
  | { type: 'prefer'; operation: string; shard: Incarnation }
  /** A shard's slot goes: it looks down, or it is drained and about to be removed. */
  | { type: 'out'; operation: string; shard: Shard }
  /** It is down: its buckets prefer another one; null when it had none. */
  | { type: 'down'; operation: string; shard: Incarnation | null }
  /** Its slot stands again. */
  | { type: 'up'; shard: Incarnation };
