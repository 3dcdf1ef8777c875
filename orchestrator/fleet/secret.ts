import { z } from 'zod';

const reference = z.strictObject({ env: z.string().min(1) });
const fleetFile = z.looseObject({
  driver: z.string().optional(),
  redis: z.looseObject({ password: z.unknown().optional(), sentinelPassword: z.unknown().optional() }),
});

/**
 * Lets a fleet file give a password of Redis as `{ env: NAME }`: the variable's value, taken when the file is read.
 * Where the fleet is in a cluster it may be unset: its pods have it, and on an operator's desk nobody asks Redis.
 */
export function withPasswords<T extends z.ZodType>(schema: T): z.ZodPreprocess<T> {
  return z.preprocess((written, context) => {
    const parsed = fleetFile.safeParse(written);
    if (!parsed.success) return written;
    const { driver, redis } = parsed.data;
    const taken: Record<string, unknown> = { ...redis };
    for (const field of ['password', 'sentinelPassword'] as const) {
      const { data } = reference.safeParse(redis[field]);
      if (data === undefined) continue;
      taken[field] = process.env[data.env];
      if (taken[field] !== undefined || driver === 'kubernetes') continue;
      const message = `the environment variable ${data.env} is not set`;
      context.addIssue({ code: 'custom', message, path: ['redis', field] });
    }
    return { ...parsed.data, redis: taken };
  }, schema);
}
