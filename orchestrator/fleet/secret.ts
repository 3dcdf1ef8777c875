import { z } from 'zod';

const withReference = z.looseObject({ password: z.strictObject({ env: z.string().min(1) }) });

/** Lets a mapping give its `password` as `{ env: NAME }`: the variable's value, taken when the file is read. */
export function passwordFromEnvironment<T extends z.ZodType>(schema: T): z.ZodPreprocess<T> {
  return z.preprocess((written, context) => {
    const parsed = withReference.safeParse(written);
    if (!parsed.success) return written;
    const { env } = parsed.data.password;
    const password = process.env[env];
    if (password === undefined) {
      const message = `the environment variable ${env} is not set`;
      context.addIssue({ code: 'custom', message, path: ['password'] });
      return z.NEVER;
    }
    return { ...parsed.data, password };
  }, schema);
}
