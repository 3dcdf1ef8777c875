import { z } from 'zod';
import { type Manifest, wordsFor } from './manifest.ts';

const reference = z.object({ name: z.string(), key: z.string(), optional: z.boolean().default(false) });
const container = z.object({
  env: z
    .array(z.object({ valueFrom: z.object({ secretKeyRef: reference.optional() }).optional() }))
    .default([]),
});
const workload = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(container),
        initContainers: z.array(container).default([]),
      }),
    }),
  }),
});
const target = z.object({ spec: z.object({ target: z.object({ name: z.string() }) }) });

/** A key of a Secret without which pods do not start. */
export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
  /** In words: `StatefulSet jitsi-eu-1/prosody`. */
  readonly by: string;
}

/** The keys of Secrets that these objects' pods need, but for Secrets that the objects bring along. */
export function neededSecrets(objects: readonly Manifest[]): NeededSecret[] {
  const brought = new Set(objects.flatMap(secretOf));
  const found = new Map<string, NeededSecret>();
  for (const object of objects) {
    const { namespace } = object.metadata;
    const parsed = workload.safeParse(object);
    if (!parsed.success || namespace === undefined) continue;
    const { containers, initContainers } = parsed.data.spec.template.spec;
    for (const { valueFrom } of [...containers, ...initContainers].flatMap(({ env }) => env)) {
      const needed = valueFrom?.secretKeyRef;
      if (!needed || needed.optional || brought.has(`${namespace}/${needed.name}`)) continue;
      const { name, key } = needed;
      const id = `${namespace}/${name}/${key}`;
      if (!found.has(id)) found.set(id, { namespace, name, key, by: wordsFor(object) });
    }
  }
  return [...found.values()];
}

/** The Secret that an object is, or that an operator in the cluster makes from it. */
function secretOf(object: Manifest): string[] {
  const { kind, metadata } = object;
  if (!['Secret', 'SealedSecret', 'ExternalSecret'].includes(kind)) return [];
  return [`${metadata.namespace}/${target.safeParse(object).data?.spec.target.name ?? metadata.name}`];
}
