import { z } from 'zod';

/** What the table keeps of a shard. `serverId` is HAProxy's id of its server, the same on every proxy. */
export const shardRecord = z.object({
  name: z.string(),
  /** Grows by one with every change: a writer that did not see the last change is refused. */
  version: z.int().min(1),
  /** Grows with every new life of the shard; the name `eu-1.7` is never used again. */
  incarnation: z.int().min(1),
  serverId: z.int().min(1),
  region: z.string(),
  pool: z.string(),
  /** Where its web answers HTTP. */
  address: z.object({ host: z.string(), port: z.int() }),
  desired: z.enum(['active', 'cordoned', 'draining']),
  observed: z.enum(['provisioning', 'ready', 'degraded', 'down']),
  reason: z.string(),
  /** Its slot stands in every proxy: it passed its probes once and was not taken out since. */
  admitted: z.boolean(),
  /** An operator asked for its removal: once drained, it goes. */
  removing: z.boolean(),
  removed: z.boolean(),
});

export type ShardRecord = z.infer<typeof shardRecord>;

/** `eu-1.7`: the name of a shard's present life, of its server and of its slot. */
export function incarnationOf(shard: Pick<ShardRecord, 'name' | 'incarnation'>): string {
  return `${shard.name}.${shard.incarnation}`;
}

/** `eu-1` of `eu-1.7`. */
export function shardNameOf(incarnation: string): string {
  return incarnation.slice(0, incarnation.lastIndexOf('.'));
}

/** Is this the present life of a shard that is still there? A placement on any other is to be claimed anew. */
export function isPresentLife(shards: ReadonlyMap<string, ShardRecord>, incarnation: string): boolean {
  const shard = shards.get(shardNameOf(incarnation));
  return shard !== undefined && !shard.removed && incarnationOf(shard) === incarnation;
}

/** A change of many buckets or rooms that every agent must acknowledge before its next step. */
export const operationRecord = z.object({
  kind: z.enum(['move', 'retire', 'take-out', 'shard-down']),
  phase: z.enum(['hold', 'release', 'tombstone', 'out']),
  /** The shard concerned, where it is one. */
  subject: z.string().optional(),
  /**
   * Of a shard-down: is the shard ill, or does its operator force its rooms off? Of a take-out, `unused`: its present
   * life was never in service.
   */
  cause: z.enum(['health', 'forced', 'unused']).optional(),
  startedAt: z.number(),
  acks: z.record(z.string(), z.literal(true)),
});

export type OperationRecord = z.infer<typeof operationRecord>;

/** An agent that has a proxy to keep in step; renewed every second. */
export const agentRecord = z.object({
  proxy: z.string(),
  /** Its HTTP address, for status and drift. */
  http: z.string(),
  /** When it wrote this record, in milliseconds since the epoch. */
  at: z.number(),
  /** Does it hold the whole table, and does its HAProxy carry it? */
  inStep: z.boolean(),
});

export type AgentRecord = z.infer<typeof agentRecord>;

/** Where a bucket on the move goes, and how far it is. */
export interface Move {
  phase: 'hold' | 'release';
  operation: string;
  to: string;
}

/** Reads a value of the `moves` hash: `<phase> <operation> <target>`. */
export function parseMove(value: string): Move | undefined {
  const [phase, operation, to] = value.split(' ');
  if ((phase !== 'hold' && phase !== 'release') || !operation || !to) return undefined;
  return { phase, operation, to };
}
