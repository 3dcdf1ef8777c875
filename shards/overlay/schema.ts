import { z } from 'zod';
import { bridgeRangeText } from '../spec/bridge-range.ts';
import { desiredState, label, shardSpec } from '../spec/schema.ts';

/**
 * The annotation, on the ConfigMap `shard`, that says `cordoned` or `draining`; absent means active. Not a
 * `commonAnnotations`: those also go into every pod template, so that a drain would restart Prosody and
 * cut the very meetings it waits for (seen with kustomize 5.8.1).
 */
export const desiredAnnotation = 'usher.dev/desired';

const generator = z.object({
  name: z.string().optional(),
  literals: z.array(z.string()).optional(),
  options: z
    .object({ annotations: z.object({ [desiredAnnotation]: desiredState.optional() }).optional() })
    .optional(),
});

/** The parts of a shard's kustomization that usher reads; everything else is the author's own. */
export const kustomization = z.object({ namespace: z.string(), configMapGenerator: z.array(generator) });

/** The literals of the ConfigMap `shard` that usher reads. */
export const shardLiterals = z.object({
  SHARD: label,
  REGION: label,
  BRIDGES: bridgeRangeText,
  JVB_PORT: wholeNumber('a UDP port, as in 10000').pipe(z.int().min(1).max(65_535)),
  POOL: label.optional(),
  WEIGHT: wholeNumber('a percentage without its sign, as in 100')
    .pipe(shardSpec.shape.weight.unwrap())
    .optional(),
});

/** The fleet's list of shards. */
export const fleetList = z.object({ resources: z.array(z.string()).nullish() });

function wholeNumber(expected: string) {
  return z
    .string()
    .regex(/^\d{1,5}$/, `expected ${expected}`)
    .transform(Number);
}
