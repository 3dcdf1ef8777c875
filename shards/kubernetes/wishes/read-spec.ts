import type { z } from 'zod';
import { clusterAnnotations, shardLiterals } from '../../overlay/schema.ts';
import { readWish } from '../../overlay/wish-annotations.ts';
import { type ShardSpec, shardSpec } from '../../spec/schema.ts';

/** What there is of a shard's wish in a cluster. */
export interface WrittenWish {
  readonly name: string;
  /** Of its ConfigMap `shard`. */
  readonly data: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A shard's wish, read; `wrong` lists all that is wrong with it. */
export type ReadWish =
  | { readonly ok: true; readonly spec: ShardSpec; readonly isRemoved: boolean }
  | { readonly ok: false; readonly wrong: string };

/**
 * Reads it by the same rules as an overlay.
 *
 * @param pools those of the fleet
 */
export function readSpec(written: WrittenWish, pools: readonly string[]): ReadWish {
  const { name, data, annotations } = written;
  const literals = shardLiterals.safeParse(data);
  const marks = clusterAnnotations.safeParse(annotations);
  const found = [...findings(literals.error, data), ...findings(marks.error, annotations)];
  const pool = literals.data?.POOL ?? 'main';
  if (data.SHARD !== undefined && data.SHARD !== name) {
    found.push(`SHARD: expected "${name}", as its namespace is named; found "${data.SHARD}"`);
  }
  if (!pools.includes(pool)) found.push(`POOL: expected one of ${pools.join(', ')}; found "${pool}"`);
  if (!literals.success || !marks.success || found.length > 0) return { ok: false, wrong: found.join('; ') };
  const spec = shardSpec.parse({
    name,
    region: literals.data.REGION,
    bridges: literals.data.BRIDGES,
    ...readWish(marks.data),
    weight: marks.data['usher.dev/weight'] ?? literals.data.WEIGHT,
    pool,
    imageTag: literals.data.IMAGE_TAG,
    signallingParticipants: literals.data.SIGNALLING_PARTICIPANTS,
  });
  return { ok: true, spec, isRemoved: marks.data['usher.dev/removed'] !== undefined };
}

function findings(error: z.ZodError | undefined, values: Readonly<Record<string, string>>): string[] {
  return (error?.issues ?? []).map(({ path, message }) => {
    const key = String(path[0]);
    const value = values[key];
    return value === undefined ? `${key} is missing` : `${key}: ${message}; found "${value}"`;
  });
}
