import { z } from 'zod';
import { health as processHealth } from '../../../common/health.ts';
import { proxyStatus } from './proxies.ts';
import { shardStatus } from './shards.ts';
import { groupSignalling } from './signalling.ts';
import { splitSummary } from './splits.ts';

/** One change under way. */
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

/** One orchestrator, as the one that answers sees it. */
export const orchestratorStatus = z.object({
  /** Its API's address, as the fleet file writes it; in Kubernetes its pod's. */
  api: z.string(),
  state: z.enum(['leads', 'stands by', 'away']),
  /** Why it is away; empty when it is not. */
  reason: z.string(),
});
export type OrchestratorStatus = z.infer<typeof orchestratorStatus>;

/** The whole fleet at one moment. */
export const fleetStatus = z.object({
  fleet: z.string(),
  /**
   * In the fleet file's order; in Kubernetes the one that answers, who leads, and the others. Nobody leads while the lock is out of reach (Redis,
   * in Kubernetes its API), and for seconds after a leader died.
   */
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
  /** The shards of each region in each pool. */
  signalling: z.array(groupSignalling),
  proxies: z.array(proxyStatus),
  operations: z.array(operationStatus),
  splits: splitSummary,
});
export type FleetStatus = z.infer<typeof fleetStatus>;

/** Only a forced rebuild can be asked for; any other begins by itself. */
export const rebuildBody = z.strictObject({ force: z.literal(true), dryRun: z.boolean().default(false) });
