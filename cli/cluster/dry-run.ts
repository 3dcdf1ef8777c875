import type { ApiServer } from './api-server.ts';
import { applyObject } from './apply-object.ts';
import { inParallel } from './in-parallel.ts';
import { type Manifest, manifest, wordsFor } from './manifest.ts';
import type { Planned } from './plan-objects.ts';
import { RefusedError } from './refused-error.ts';

/** Every cluster has it, and it can be asked about objects of a namespace that is not there yet. */
const standIn = 'default';

/** What applying an object would do, by the API server's own word. */
export interface DryRun extends Planned {
  /** As it is; undefined when it is not there. */
  readonly live: Manifest | undefined;
  /** As it would be; undefined when the server refuses it. */
  readonly result: Manifest | undefined;
  /** In the server's words. */
  readonly refusal: string | undefined;
  /** Fields that another manager set to other values. */
  readonly conflicts: readonly string[];
}

/** Asks the API server what it would make of each object; nothing is changed. */
export async function dryRun(server: ApiServer, planned: readonly Planned[]): Promise<DryRun[]> {
  const live = await inParallel(planned, ({ path }) => server.find(path, manifest));
  const missing = new Set(
    planned
      .filter((one, index) => one.object.kind === 'Namespace' && !live[index])
      .map(({ object }) => object.metadata.name),
  );
  return inParallel([...planned.entries()], async ([index, one]) => {
    const { namespace } = one.object.metadata;
    const homeless = namespace !== undefined && missing.has(namespace);
    const answer = await tryObject(server, homeless ? elsewhere(one, namespace) : one, homeless);
    const refusal = answer.refusal && `${wordsFor(one.object)}: ${answer.refusal}`;
    if (!homeless) return { ...one, live: live[index], ...answer, refusal };
    // Its namespace will be another, the rest is as it would be.
    if (answer.result) answer.result.metadata.namespace = namespace;
    return {
      ...one,
      live: live[index],
      ...answer,
      refusal: refusal?.replaceAll(`${standIn}/`, `${namespace}/`),
    };
  });
}

function elsewhere(planned: Planned, namespace: string): Planned {
  const { object, path } = planned;
  const metadata = { ...object.metadata, namespace: standIn };
  return {
    ...planned,
    object: { ...object, metadata },
    path: path.replace(`/namespaces/${namespace}/`, `/namespaces/${standIn}/`),
  };
}

async function tryObject(
  server: ApiServer,
  planned: Planned,
  homeless: boolean,
): Promise<Pick<DryRun, 'result' | 'refusal' | 'conflicts'>> {
  const ask = (force: boolean) => applyObject(server, planned, { force, dryRun: true });
  const conflicts: string[] = [];
  try {
    try {
      return { result: await ask(homeless), refusal: undefined, conflicts };
    } catch (error) {
      if (!(error instanceof RefusedError) || error.conflicts.length === 0) throw error;
      conflicts.push(...error.conflicts);
      return { result: await ask(true), refusal: undefined, conflicts };
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // Who may not write into the stand-in may well write where the object belongs: the rights there are checked apart.
    const refusal = homeless && error.code === 403 ? undefined : error.message;
    return { result: undefined, refusal, conflicts };
  }
}
