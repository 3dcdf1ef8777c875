import { z } from 'zod';
import { health as processHealth } from '../../common/health.ts';
import { desiredState } from '../../shards/spec/schema.ts';
import { fleetEvent } from '../events/schema.ts';
import { splitKinds } from '../split-detector/split.ts';

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
  /** When the rooms of a shard that drains should have left; null without a deadline. */
  deadline: z.iso.datetime().nullable(),
  /** Are rooms cut that are left then, or now when there is no deadline? */
  force: z.boolean(),
  /** Buckets that prefer it, of 1024 in its pool. */
  buckets: z.int(),
  rooms: z.int(),
  /** By its last census; null when there is none. */
  participants: z.int().nullable(),
  web: z.string(),
  /** The version of its images; null: the one that the fleet's shards share. */
  imageTag: z.string().nullable(),
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
  /** The last ones about it, oldest first. */
  events: z.array(fleetEvent),
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
  kind: z.enum(['move', 'retire', 'take-out', 'shard-down']),
  phase: z.enum(['hold', 'release', 'tombstone', 'out']),
  startedAt: z.iso.datetime(),
  /** Proxies that have not acknowledged the phase. */
  silent: z.array(z.string()),
});

/** What an orchestrator says of itself, whether or not it leads. */
export const health = processHealth.extend({
  leads: z.boolean(),
  /** The API address of who leads, as far as it knows; null when nobody does. */
  leader: z.string().nullable(),
});

export const orchestratorStatus = z.object({
  /** Its API's address, as the fleet file writes it. */
  api: z.string(),
  state: z.enum(['leads', 'stands by', 'away']),
  /** Why it is away; empty when it is not. */
  reason: z.string(),
});
export type OrchestratorStatus = z.infer<typeof orchestratorStatus>;
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

export const fleetStatus = z.object({
  fleet: z.string(),
  /** In the fleet file's order. Nobody leads while Redis is out of reach, and for seconds after a leader died. */
  orchestrators: z.array(orchestratorStatus),
  /** Is the stick table in reach, and does it decide? */
  redis: z.object({
    ok: z.boolean(),
    reason: z.string(),
    /** HOST:PORT of the primary; null when it is not known. */
    primary: z.string().nullable(),
    /** Replicas that are connected to it; null when it does not answer. */
    replicas: z.int().nullable(),
    /** How many Sentinels name this primary, of how many; null where there are none. */
    sentinels: z.object({ agree: z.int(), of: z.int() }).nullable(),
  }),
  rooms: z.int(),
  participants: z.int(),
  shards: z.array(shardStatus),
  proxies: z.array(proxyStatus),
  operations: z.array(operationStatus),
  splits: splitSummary,
});
export type FleetStatus = z.infer<typeof fleetStatus>;

export const upgradeStatus = z.object({
  imageTag: z.string(),
  state: z.enum(['running', 'paused', 'stopped', 'done']),
  /** Why it is in this state. */
  reason: z.string(),
  /** Is it on its way back to the versions from before? */
  rollback: z.boolean(),
  shards: z.array(
    z.object({
      old: z.string(),
      /** Versions before and after; null: the one that the fleet's shards share. */
      from: z.string().nullable(),
      /** The shard in its place; null before it was added. */
      new: z.string().nullable(),
      to: z.string().nullable(),
      done: z.boolean(),
      /** What it waits for, or what comes next. */
      reason: z.string(),
    }),
  ),
});
export type UpgradeStatus = z.infer<typeof upgradeStatus>;

/** A change that was asked for. Nothing changes with `dryRun`. */
export const changeAnswer = z.object({
  /** False: everything is so already. */
  changed: z.boolean(),
  /** What was done, or would be, in plain words. */
  actions: z.array(z.string()),
});
export type ChangeAnswer = z.infer<typeof changeAnswer>;

export const errorAnswer = z.object({
  error: z.object({ message: z.string(), exitCode: z.int() }),
  /** Only of an orchestrator that stands by: the API address of who leads, null when nobody does. */
  leader: z.string().nullable().optional(),
});
