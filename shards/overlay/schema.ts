import { z } from 'zod';
import { bridgeRangeText } from '../spec/bridge-range.ts';
import { desiredState, imageTag, label, shardSpec } from '../spec/schema.ts';

/** kustomize takes annotations as text alone: `true` without quotes is an error to it. */
const flag = z.stringbool({
  truthy: ['true'],
  falsy: ['false'],
  case: 'sensitive',
  error: 'expected "true" or "false", in quotes',
});

/**
 * The operator's wish, in annotations of the ConfigMap `shard`; without any it is active. Not `commonAnnotations`:
 * those also go into every pod template, so that a drain would restart Prosody and cut the very meetings it waits
 * for (seen with kustomize 5.8.1).
 */
export const wishAnnotations = z.object({
  'usher.dev/desired': desiredState.optional(),
  'usher.dev/deadline': z.iso.datetime({ offset: true }).optional(),
  'usher.dev/force': flag.optional(),
  'usher.dev/removing': flag.optional(),
});

const weightText = wholeNumber('a percentage without its sign, as in 100').pipe(
  shardSpec.shape.weight.unwrap(),
);

/** The annotations of a ConfigMap `shard` in a cluster; those beyond the wish are the orchestrator's alone. */
export const clusterAnnotations = wishAnnotations.extend({
  /** Over the literal WEIGHT. */
  'usher.dev/weight': weightText.optional(),
  /** When it was removed: its objects are there, and nobody wants it. */
  'usher.dev/removed': z.iso.datetime({ offset: true }).optional(),
});

const generator = z.object({
  name: z.string().optional(),
  literals: z.array(z.string()).optional(),
  options: z.object({ annotations: wishAnnotations.optional() }).optional(),
});

/** The parts of a shard's kustomization that usher reads; everything else is the author's own. */
export const kustomization = z.object({
  namespace: z.string(),
  configMapGenerator: z.array(generator),
  components: z.array(z.string()).nullish(),
});

/** The literals of the ConfigMap `shard` that usher reads. */
export const shardLiterals = z.object({
  SHARD: label,
  REGION: label,
  BRIDGES: bridgeRangeText,
  JVB_PORT: wholeNumber('a UDP port, as in 10000').pipe(z.int().min(1).max(65_535)),
  POOL: label.optional(),
  WEIGHT: weightText.optional(),
  IMAGE_TAG: imageTag.optional(),
  SIGNALLING_PARTICIPANTS: wholeNumber('a number of participants, as in 1500')
    .pipe(z.int().min(1))
    .optional(),
});

/** The fleet's list of shards. */
export const fleetList = z.object({ resources: z.array(z.string()).nullish() });

function wholeNumber(expected: string) {
  return z
    .string()
    .regex(/^\d{1,6}$/, `expected ${expected}`)
    .transform(Number);
}
