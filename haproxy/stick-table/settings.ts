import { z } from 'zod';

const address = z.object({ host: z.string().min(1).default('127.0.0.1'), port: z.int().min(1).max(65_535) });

/** Where Redis is, how to get in, and how sure a claim must be before it is answered. */
export const redisSettings = z
  .strictObject({
    /** One Redis; `rediss://` means TLS. */
    url: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, 'redis://host:port or rediss://host:port')
      .optional(),
    /** Or the Sentinels that know where it is. */
    sentinels: z.array(address).min(1).optional(),
    /**
     * The Redis nodes, the first primary first, where a fleet on this machine runs them and the Sentinels itself.
     * With only one replica, losing it would stop all writes.
     */
    nodes: z.array(address).min(3).optional(),
    /** What the Sentinels call it. */
    primary: z.string().min(1).default('usher'),
    /** TLS, with the authorities that the system trusts, or with those of a file in PEM form. */
    tls: z.union([z.boolean(), z.strictObject({ ca: z.string().min(1) })]).default(false),
    username: z.string().optional(),
    password: z.string().optional(),
    /** Of the Sentinels themselves. */
    sentinelPassword: z.string().optional(),
    /** How many replicas must hold a claim before it is answered. */
    replicas: z.int().min(0).max(5).default(0),
  })
  .refine((settings) => (settings.url === undefined) !== (settings.sentinels === undefined), {
    message: 'give either url or sentinels',
  })
  .refine(({ nodes, sentinels }) => nodes === undefined || (sentinels?.length ?? 0) >= 3, {
    message: 'nodes need three sentinels or more, so that most of them outlive one',
  });

export type RedisSettings = z.infer<typeof redisSettings>;
