import type { KubernetesObject } from '@kubernetes/client-node';
import { z } from 'zod';
import { parseObjects } from '../../cluster/apply-objects.ts';

/** Nodes that all pods are spread over. */
export const nodes = 10;

/** An object, as far as a shard's are changed here. */
const changeable = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({}) }).optional() }).optional(),
});

/** What only keeps the API server and its controllers busy, and not the orchestrator. */
const leftOut = ['PodDisruptionBudget', 'NetworkPolicy'];

/** The third byte of its Services' addresses is the shard's number; this is the fourth. */
const lastBytes: Readonly<Record<string, number>> = { prosody: 10, jicofo: 11, web: 12 };

/** The name of shard N, from 1. */
export function shardName(number: number): string {
  return `s-${number}`;
}

/** Whose a Service's address is: the number of the shard. */
export function shardAt(address: string): number {
  return Number(address.split('.')[2]);
}

/**
 * The objects of shard N as kustomize made them of the example's shard eu-1, with so many bridges, and with Services and
 * pods where they can be told apart; then what `usher secrets create` makes.
 *
 * @param template the YAML of eu-1
 */
export function shardObjects(template: string, number: number, bridges: number): KubernetesObject[] {
  const name = shardName(number);
  const text = template
    .replaceAll('eu-1', name)
    .replace(/BRIDGES: .*/, `BRIDGES: ${bridges}..${2 * bridges}`);
  const objects = parseObjects(text).map((object) => changeable.parse(object));
  for (const { kind, metadata, spec } of objects) {
    if (!spec) continue;
    if (kind === 'Service') spec.clusterIP = `10.96.${number}.${lastBytes[metadata.name]}`;
    if (kind === 'Deployment' && metadata.name === 'jvb') spec.replicas = bridges;
    // In a scheduler's stead.
    if (spec.template) spec.template.spec.nodeName = nodeName(number % nodes);
  }
  const namespace = `jitsi-${name}`;
  const secret = {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { name: 'shard-passwords', namespace },
    stringData: { JICOFO_AUTH_PASSWORD: 'focus-secret', JVB_AUTH_PASSWORD: 'jvb-secret' },
  };
  return [...objects.filter(({ kind }) => !leftOut.includes(kind)), secret] as KubernetesObject[];
}

/** A node that kwok keeps; its pods' addresses are in 10.(128 + index).0.0/16. */
export function nodeObject(index: number): KubernetesObject & { spec: object } {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: nodeName(index) },
    spec: { podCIDR: `10.${128 + index}.0.0/16`, podCIDRs: [`10.${128 + index}.0.0/16`] },
  };
}

function nodeName(index: number): string {
  return `node-${index}`;
}
