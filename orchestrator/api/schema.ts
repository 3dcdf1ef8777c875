import { z } from 'zod';
import { desiredState } from '../../shards/spec/schema.ts';

/** What the API answers, and the CLI and the dashboard read. Times are ISO 8601. */

export const bridgeStatus = z.object({
  name: z.string(),
  rest: z.string(),
});

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
  /** Buckets that prefer it, of 1024 in its pool. */
  buckets: z.int(),
  rooms: z.int(),
  /** By its last census; null when there is none. */
  participants: z.int().nullable(),
  web: z.string(),
  bridges: z.array(bridgeStatus),
});
export type ShardStatus = z.infer<typeof shardStatus>;

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
});
export type RoomExplanation = z.infer<typeof roomExplanation>;

export const proxyStatus = z.object({
  name: z.string(),
  /** The agent's HTTP address. */
  agent: z.string(),
  /** Does its HAProxy carry the whole table, acknowledged? */
  inStep: z.boolean(),
  /** When the agent was last heard of. */
  seenAt: z.iso.datetime(),
  /** Why its agent does not answer; the fields below are null then. */
  error: z.string().nullable(),
  haproxy: z.object({ pid: z.int(), version: z.string() }).nullable(),
  entries: z.object({ rooms: z.int(), slots: z.int(), buckets: z.int(), tenants: z.int() }).nullable(),
  claims: z
    .object({ seated: z.int(), known: z.int(), refused: z.int(), failed: z.int(), joined: z.int() })
    .nullable(),
  reloads: z.int().nullable(),
});
export type ProxyStatus = z.infer<typeof proxyStatus>;

/** One map entry in which a proxy differs from the stick table. */
export const difference = z.object({
  map: z.enum(['rooms', 'slots', 'buckets', 'tenants']),
  key: z.string(),
  /** Where it differs: what the agent holds, its file, or the running HAProxy. */
  where: z.enum(['agent', 'file', 'runtime']),
  expected: z.string().nullable(),
  found: z.string().nullable(),
});
export type Difference = z.infer<typeof difference>;

export const proxyDiff = z.object({ proxy: z.string(), differences: z.array(difference) });
export type ProxyDiff = z.infer<typeof proxyDiff>;

export const operationStatus = z.object({
  id: z.string(),
  kind: z.enum(['move', 'retire', 'take-out']),
  phase: z.enum(['hold', 'release', 'tombstone', 'out']),
  startedAt: z.iso.datetime(),
  /** Proxies that have not acknowledged the phase. */
  silent: z.array(z.string()),
});

export const fleetStatus = z.object({
  fleet: z.string(),
  /** Is the stick table in reach, and does it decide? */
  redis: z.object({ ok: z.boolean(), reason: z.string() }),
  rooms: z.int(),
  participants: z.int(),
  shards: z.array(shardStatus),
  proxies: z.array(proxyStatus),
  operations: z.array(operationStatus),
});
export type FleetStatus = z.infer<typeof fleetStatus>;

/** A change that was asked for. Nothing changes with `dryRun`. */
export const changeAnswer = z.object({
  /** False: everything is so already. */
  changed: z.boolean(),
  /** What was done, or would be, in plain words. */
  actions: z.array(z.string()),
});
export type ChangeAnswer = z.infer<typeof changeAnswer>;

export const errorAnswer = z.object({ error: z.object({ message: z.string(), exitCode: z.int() }) });
