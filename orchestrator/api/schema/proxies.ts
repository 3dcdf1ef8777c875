import { z } from 'zod';

/** One HAProxy, as the agent beside it tells. */
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

/** All that one proxy holds otherwise than the stick table. */
export const proxyDiff = z.object({ proxy: z.string(), differences: z.array(difference) });
export type ProxyDiff = z.infer<typeof proxyDiff>;
