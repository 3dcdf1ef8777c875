import { stringify } from 'yaml';
import { render } from '../../templates/render.ts';
import { type ShardSpec, shardSpec } from '../spec/schema.ts';
import { failure, parseWith } from './findings.ts';
import { readLiterals } from './literals.ts';
import { kustomization } from './schema.ts';
import { readWish } from './wish-annotations.ts';
import { parseYaml, placeOf, type YamlSource } from './yaml-source.ts';

/** A shard's kustomization.yaml, read. */
export interface Overlay {
  readonly spec: ShardSpec;
  /** The UDP port of the shard's bridges: shards that share nodes need one each. */
  readonly mediaPort: number;
  /** The kustomize components that it takes, as written. */
  readonly components: readonly string[];
  readonly source: YamlSource;
  /** Where each literal stands, as `file:line:column` by its key. */
  readonly places: ReadonlyMap<string, string>;
  /** Where the generator of the ConfigMap `shard` stands. */
  readonly generatorPath: readonly (string | number)[];
}

/** The text of a new shard's kustomization.yaml; it says nothing of the desired state, so: active. */
export function renderOverlay(spec: ShardSpec, mediaPort: number, components: readonly string[]): string {
  return render('shard-overlay.yaml', {
    name: spec.name,
    region: spec.region,
    bridges: spec.bridges,
    mediaPort,
    components,
    // A name like `007` or `no` would not be a string to YAML 1.1, which kustomize reads.
    label: stringify(spec.name, { version: '1.1' }).trim(),
    pool: spec.pool === 'main' ? undefined : spec.pool,
    weight: spec.weight === 100 ? undefined : String(spec.weight),
    imageTag: spec.imageTag,
    signallingParticipants: spec.signallingParticipants,
  });
}

/** Reads the kustomization.yaml of the shard `name`; a UsageError lists all that is wrong with it. */
export function parseOverlay(name: string, file: string, text: string): Overlay {
  const summary = `the overlay of shard ${name} can't be used; correct it, or put back the last good one:`;
  const source = parseYaml(file, text);
  const { namespace, configMapGenerator, components } = parseWith(kustomization, source, summary);
  const index = configMapGenerator.findIndex((candidate) => candidate.name === 'shard');
  const generator = configMapGenerator[index];
  if (!generator) {
    const place = placeOf(source, ['configMapGenerator']);
    throw failure(summary, [`${place}: a generator with "name: shard" is expected; missing`]);
  }
  const path = ['configMapGenerator', index];
  const { values, places, findings } = readLiterals(
    name,
    source,
    [...path, 'literals'],
    generator.literals ?? [],
  );
  if (namespace !== `jitsi-${name}`) {
    findings.push(`${placeOf(source, ['namespace'])}: expected "jitsi-${name}"; found "${namespace}"`);
  }
  if (!values || findings.length > 0) throw failure(summary, findings);
  const spec = shardSpec.parse({
    name,
    region: values.REGION,
    bridges: values.BRIDGES,
    ...readWish(generator.options?.annotations),
    weight: values.WEIGHT,
    pool: values.POOL,
    imageTag: values.IMAGE_TAG,
    signallingParticipants: values.SIGNALLING_PARTICIPANTS,
  });
  return {
    spec,
    mediaPort: values.JVB_PORT,
    components: components ?? [],
    source,
    places,
    generatorPath: path,
  };
}
