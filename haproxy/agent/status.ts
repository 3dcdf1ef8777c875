import { z } from 'zod';

const count = z.int().min(0);

/** What an agent says of itself and its HAProxy: `GET /v1/status`. */
export const agentStatus = z.object({
  proxy: z.string(),
  inStep: z.boolean(),
  /** Null while HAProxy does not answer. */
  haproxy: z.object({ pid: z.int(), version: z.string() }).nullable(),
  entries: z.object({ rooms: count, slots: count, buckets: count, tenants: count }),
  /** Claims since the agent started. */
  claims: z.object({ seated: count, known: count, refused: count, failed: count, joined: count }),
  /** Reloads since the agent started. */
  reloads: count,
});

export type AgentStatus = z.infer<typeof agentStatus>;

/** What its maps hold of one room: `GET /v1/entries?room=&bucket=`; null: nothing. */
export const agentEntries = z.object({
  room: z.string().nullable(),
  bucket: z.string().nullable(),
  /** The server that the room's entry leads to. */
  slot: z.string().nullable(),
});

export type AgentEntries = z.infer<typeof agentEntries>;

/** Every entry in which agent, file or HAProxy differs from the stick table: `GET /v1/diff`. */
export const agentDiff = z.array(
  z.object({
    map: z.enum(['rooms', 'slots', 'buckets', 'tenants']),
    key: z.string(),
    where: z.enum(['agent', 'file', 'runtime']),
    expected: z.string().nullable(),
    found: z.string().nullable(),
  }),
);

export type AgentDiff = z.infer<typeof agentDiff>;

/** What HAProxy itself holds of all rooms, one number a bucket (see room-digests.ts): `GET /v1/rooms/digests`. */
export const agentDigests = z.object({
  rooms: count,
  digests: z.array(z.number()),
  /** The incarnations whose rooms it would serve. */
  slots: z.array(z.string()),
});

export type AgentDigests = z.infer<typeof agentDigests>;

/** What HAProxy itself holds of the rooms of some buckets: `GET /v1/rooms?buckets=1,2`. */
export const agentRooms = z.object({
  /** Room key -> incarnation or `?`. */
  rooms: z.record(z.string(), z.string()),
  /** False: there are more than one answer may hold. */
  complete: z.boolean(),
});

export type AgentRooms = z.infer<typeof agentRooms>;

/** Sessions under way through its HAProxy on each shard's server, by incarnation: `GET /v1/sessions`. */
export const agentSessions = z.object({ sessions: z.record(z.string(), count) });

export type AgentSessions = z.infer<typeof agentSessions>;
