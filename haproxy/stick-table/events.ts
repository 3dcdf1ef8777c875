import { z } from 'zod';
import { shardRecord } from './records.ts';

const room = z.string();
const buckets = z.record(z.string(), z.string());

/** Everything that the change feed can say. Each event is applied by `StickTableMirror.apply`. */
export const tableEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('blessed'), payload: z.object({ runId: z.string() }) }),
  /** A room sits on a shard. */
  z.object({
    type: z.literal('seat'),
    payload: z.object({
      room,
      shard: z.string(),
      state: z.enum(['claimed', 'live']),
      seatedAt: z.number(),
      /** The agent that claimed it; none: a census showed it, or its operator pinned it. */
      by: z.string().optional(),
    }),
  }),
  /** A census changed a room's state; its maps stay as they are. */
  z.object({
    type: z.literal('observed'),
    payload: z.object({ room, state: z.enum(['live', 'lingering']) }),
  }),
  z.object({
    type: z.literal('tombstone'),
    payload: z.object({ operation: z.string(), rooms: z.array(room) }),
  }),
  z.object({ type: z.literal('deleted'), payload: z.object({ rooms: z.array(room) }) }),
  /** Buckets on hold, with the shard that they are to move to. */
  z.object({ type: z.literal('hold'), payload: z.object({ operation: z.string(), buckets }) }),
  /** Buckets with the shard that they prefer from now on; no operation: their first shard. */
  z.object({ type: z.literal('prefer'), payload: z.object({ operation: z.string(), buckets }) }),
  z.object({ type: z.literal('finished'), payload: z.object({ operation: z.string() }) }),
  z.object({ type: z.literal('shard'), payload: shardRecord }),
  /** A shard goes: its slot and its sessions must go from every proxy. */
  z.object({
    type: z.literal('taken-out'),
    payload: z.object({ operation: z.string(), shard: z.string() }),
  }),
]);

export type TableEvent = z.infer<typeof tableEvent>;

/** One entry of the feed. `id` is the stream's, the position after it. */
export interface FeedEntry {
  id: string;
  event: TableEvent;
}

/** Reads a stream entry's fields. Throws when it is not an event that this version knows. */
export function parseFeedEntry(id: string, fields: readonly string[]): FeedEntry {
  const type = fields[fields.indexOf('type') + 1];
  const payload = fields[fields.indexOf('payload') + 1] ?? 'null';
  return { id, event: tableEvent.parse({ type, payload: JSON.parse(payload) }) };
}
