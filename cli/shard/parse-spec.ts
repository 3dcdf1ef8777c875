import { z } from 'zod';
import { UsageError } from '../../common/errors.ts';
import { bridgeRangeText } from '../../shards/spec/bridge-range.ts';
import { imageTag, label, type ShardSpec, shardSpec } from '../../shards/spec/schema.ts';

/** The flags of `usher shard add` as they were typed. */
export interface AddFlags {
  readonly region: string;
  readonly bridges: string;
  readonly pool: string;
  readonly weight: string;
  readonly imageTag?: string;
  readonly signallingParticipants?: string;
}

const typed = z.object({
  SHARD: label,
  '--region': label,
  '--bridges': bridgeRangeText,
  '--pool': label,
  '--weight': z
    .string()
    .regex(/^\d{1,5}$/, 'a percentage without its sign is expected, as in 100')
    .transform(Number)
    .pipe(shardSpec.shape.weight.unwrap()),
  '--image-tag': imageTag.optional(),
  '--signalling-participants': z
    .string()
    .regex(/^\d{1,6}$/, 'a number of participants is expected, as in 1500')
    .transform(Number)
    .pipe(z.int().min(1))
    .optional(),
});

/** The shard that the operator asks for; a UsageError lists all that is wrong with it. */
export function parseSpec(name: string, flags: AddFlags): ShardSpec {
  const words: Record<string, string | undefined> = {
    SHARD: name,
    '--region': flags.region,
    '--bridges': flags.bridges,
    '--pool': flags.pool,
    '--weight': flags.weight,
    '--image-tag': flags.imageTag,
    '--signalling-participants': flags.signallingParticipants,
  };
  const parsed = typed.safeParse(words);
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ path, message }) => {
      const flag = String(path[0]);
      return `${flag}: ${message}; found "${words[flag]}"`;
    });
    throw new UsageError(findings.join('\n       '));
  }
  const { '--region': region, '--bridges': bridges, '--pool': pool, '--weight': weight } = parsed.data;
  return {
    ...{ name, region, bridges, pool, weight, desired: 'active' },
    imageTag: parsed.data['--image-tag'],
    signallingParticipants: parsed.data['--signalling-participants'],
  };
}
