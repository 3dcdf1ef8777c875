import { z } from 'zod';
import { passwordsSecret } from '../../shards/kubernetes/names.ts';
import { isFleetSecret } from '../secrets/fleet-secrets.ts';
import type { ApiServer } from './api-server.ts';
import { inParallel } from './in-parallel.ts';
import type { Manifest } from './manifest.ts';
import { type NeededSecret, neededSecrets } from './needed-secrets.ts';
import { RefusedError } from './refused-error.ts';

const secret = z.object({ data: z.record(z.string(), z.unknown()).default({}) });

/** What pods of these objects would wait for in vain, in words: keys of Secrets that the cluster does not have. */
export async function missingSecrets(server: ApiServer, objects: readonly Manifest[]): Promise<string[]> {
  const needed = Object.entries(
    Object.groupBy(neededSecrets(objects), ({ namespace, name }) => `${namespace}/${name}`),
  );
  const found = await inParallel(needed, async ([id, keys = []]) => {
    const there = await keysOf(server, keys);
    const missing = keys.filter(({ key }) => there !== 'unknown' && !there?.includes(key));
    const [first] = missing;
    if (!first) return [];
    const what =
      there === undefined ? 'is not there' : `lacks ${missing.map(({ key }) => key).join(' and ')}`;
    return [`Secret ${id}, which ${first.by} needs, ${what}${hint(first)}`];
  });
  return found.flat();
}

/** Undefined: there is no such Secret; `unknown`: the user may not look, and the pods will tell. */
async function keysOf(
  server: ApiServer,
  [first]: readonly NeededSecret[],
): Promise<string[] | 'unknown' | undefined> {
  if (!first) return [];
  try {
    const found = await server.find(`/api/v1/namespaces/${first.namespace}/secrets/${first.name}`, secret);
    return found && Object.keys(found.data);
  } catch (error) {
    if (error instanceof RefusedError && error.code === 403) return 'unknown';
    throw error;
  }
}

function hint({ namespace, name }: NeededSecret): string {
  if (isFleetSecret(name)) return ': `usher secrets create` makes it';
  if (name !== passwordsSecret || !namespace.startsWith('jitsi-')) return '';
  return `: \`usher secrets create ${namespace.slice('jitsi-'.length)}\` makes it`;
}
