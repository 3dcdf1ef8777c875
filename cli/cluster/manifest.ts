import { z } from 'zod';

const texts = z.record(z.string(), z.string()).nullish();

/** Any object of Kubernetes: only what tells which one it is is read, the rest stays as it is. */
export const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: texts,
    annotations: texts,
  }),
});

export type Manifest = z.infer<typeof manifest>;

/** An object in words: `Deployment jitsi-eu-1/jvb`. */
export function wordsFor({
  kind,
  metadata: { name, namespace },
}: Pick<Manifest, 'kind' | 'metadata'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
