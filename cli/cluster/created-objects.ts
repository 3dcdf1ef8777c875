import { z } from 'zod';
import type { ApiServer } from './api-server.ts';
import { Discovery, pathOf } from './discovery.ts';
import { inParallel } from './in-parallel.ts';
import { RefusedError } from './refused-error.ts';

const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  deletionTimestamp: z.string().optional(),
  ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
  managedFields: z
    .array(
      z.object({
        manager: z.string().default(''),
        operation: z.string().default(''),
        subresource: z.string().default(''),
        fieldsV1: z.unknown(),
      }),
    )
    .default([]),
});
const one = z.object({ metadata });
/** The server says null of an empty list in this form. */
const list = z.object({ items: z.array(one).nullish() });

/** What is known of an object without its content, which for a Secret is nobody's business. */
export interface FoundObject {
  readonly kind: string;
  readonly path: string;
  readonly metadata: z.infer<typeof metadata>;
}

/** Every object of a namespace, of all kinds that can be deleted. */
export async function objectsIn(server: ApiServer, namespace: string): Promise<FoundObject[]> {
  const resources = await new Discovery(server).all();
  const wanted = resources.filter(
    ({ namespaced, verbs }) => namespaced && verbs.includes('list') && verbs.includes('delete'),
  );
  const found = await inParallel(wanted, async (resource) => {
    const { items } = await listOf(server, pathOf(resource, { namespace }));
    return (items ?? []).map(({ metadata: found }) => ({
      kind: resource.kind,
      path: pathOf(resource, { namespace, name: found.name }),
      metadata: found,
    }));
  });
  return found.flat();
}

/** The namespace itself; undefined when there is none. */
export async function findNamespace(server: ApiServer, name: string): Promise<FoundObject | undefined> {
  const path = `/api/v1/namespaces/${name}`;
  const found = await server.find(path, one, { headers: { accept: partial('PartialObjectMetadata') } });
  return found && { kind: 'Namespace', path, metadata: found.metadata };
}

async function listOf(server: ApiServer, path: string): Promise<z.infer<typeof list>> {
  try {
    return await server.ask(path, list, { headers: { accept: partial('PartialObjectMetadataList') } });
  } catch (error) {
    // An API that is announced and has nobody behind it holds no objects.
    if (error instanceof RefusedError && [404, 405, 503].includes(error.code)) return { items: [] };
    throw error;
  }
}

function partial(kind: string): string {
  return `application/json;as=${kind};g=meta.k8s.io;v=v1`;
}
