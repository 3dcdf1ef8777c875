import { z } from 'zod';

const address = z.object({ host: z.string().min(1).default('127.0.0.1'), port: z.int().min(1).max(65_535) });

/**
 * Where Redis is: one `url`, or `sentinels` with the name of their primary. `tls` turns TLS on for Redis (a
 * `rediss://` URL does too); `replicas` is how many replicas must hold a claim before it is answered.
 */
export const redisSettings = z
  .strictObject({
    url: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, 'redis://host:port or rediss://host:port')
      .optional(),
    sentinels: z.array(address).min(1).optional(),
    primary: z.string().min(1).default('usher'),
    tls: z.boolean().default(false),
    username: z.string().optional(),
    password: z.string().optional(),
    replicas: z.int().min(0).max(5).default(0),
  })
  .refine((settings) => (settings.url === undefined) !== (settings.sentinels === undefined), {
    message: 'give either url or sentinels',
  });

export type RedisSettings = z.infer<typeof redisSettings>;
