import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { messageOf, UsageError } from '../../../common/errors.ts';

/** How a simulator logs in to its shard's Prosody. */
export const xmppSchema = z.object({
  host: z.string(),
  port: z.int(),
  domain: z.string(),
  user: z.string(),
  password: z.string(),
  breweryJid: z.string(),
});

/** Reads the JSON file named by `--config`. Throws UsageError with the path and every field that is wrong. */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  argv: readonly string[],
): z.infer<Schema> {
  const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new UsageError('--config FILE is missing: the path of a JSON file');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(values.config, 'utf8'));
  } catch (error) {
    throw new UsageError(`${values.config}: not readable as JSON: ${messageOf(error)}`);
  }
  const config = schema.safeParse(json);
  if (!config.success) throw new UsageError(`${values.config}: ${z.prettifyError(config.error)}`);
  return config.data;
}
