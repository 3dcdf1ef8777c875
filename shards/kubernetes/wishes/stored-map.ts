import { z } from 'zod';

const managedFields = z.array(
  z.object({
    manager: z.string().optional(),
    fieldsV1: z
      .object({
        'f:metadata': z.object({ 'f:annotations': z.record(z.string(), z.unknown()).optional() }).optional(),
      })
      .optional(),
  }),
);

/** A ConfigMap as the API server gives it, with who wrote what of it. */
export const storedMap = z.object({
  metadata: z.object({
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
    managedFields: managedFields.default([]),
  }),
  data: z.record(z.string(), z.string()).default({}),
});

export type StoredMap = z.infer<typeof storedMap>;

/** Annotation -> the field managers other than `self` whose word it is: Argo CD, Flux, kubectl, the CLI. */
export function annotationOwners({ metadata }: StoredMap, self: string): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { manager, fieldsV1 } of metadata.managedFields) {
    if (manager === undefined || manager === self) continue;
    for (const field of Object.keys(fieldsV1?.['f:metadata']?.['f:annotations'] ?? {})) {
      if (!field.startsWith('f:')) continue;
      const key = field.slice('f:'.length);
      owners.set(key, [...(owners.get(key) ?? []), manager]);
    }
  }
  return owners;
}
