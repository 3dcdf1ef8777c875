import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { applyObject } from '../cluster/apply-object.ts';
import { Discovery } from '../cluster/discovery.ts';
import { fieldManager } from '../cluster/field-manager.ts';
import { manifest, wordsFor } from '../cluster/manifest.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { planObjects } from '../cluster/plan-objects.ts';
import { RefusedError } from '../cluster/refused-error.ts';
import { render } from '../cluster/render.ts';
import type { Context } from '../context.ts';
import { freshPasswords, type PasswordSecret, withPasswords } from './password-secret.ts';
import { readKnown } from './read-known.ts';

/**
 * Makes those Secrets that the cluster does not have, and their namespaces as applying `folder` would, and says what was
 * made. One that is needed in several namespaces gets everywhere what the first of them has.
 *
 * @throws UsherError when one is there and lacks a password, or two of a name differ
 */
export async function createInCluster(
  secrets: readonly PasswordSecret[],
  folder: string,
  dryRun: boolean,
  context: Pick<Context, 'cluster' | 'signal'>,
): Promise<string[]> {
  const server = await openCluster(context);
  const { known, missing } = await readKnown(server, secrets);
  if (missing.length === 0) return [];
  const inThem = new Set(missing.map(({ namespace }) => namespace));
  const { objects } = await render(folder, context.signal);
  const namespaces = objects.filter(
    ({ kind, metadata }) => kind === 'Namespace' && inThem.has(metadata.name),
  );
  const actions: string[] = [];
  for (const planned of await planObjects(namespaces, server, new Discovery(server))) {
    if (await server.find(planned.path, manifest)) continue;
    if (!dryRun) await applyObject(server, planned, { force: false, dryRun: false });
    actions.push(`create ${wordsFor(planned.object)}`);
  }
  for (const secret of missing) {
    const passwords = known.get(secret.name) ?? freshPasswords(secret);
    known.set(secret.name, passwords);
    const made = withPasswords(secret, passwords);
    // Created, never applied: who comes second must not overwrite what is in use by then.
    if (!dryRun) await create(server, `/api/v1/namespaces/${secret.namespace}/secrets`, made);
    actions.push(`create ${wordsFor(made)}`);
  }
  return actions;
}

async function create(server: ApiServer, path: string, body: object): Promise<void> {
  try {
    await server.ask(path, z.unknown(), {
      method: 'POST',
      body,
      query: { fieldManager, fieldValidation: 'Strict' },
    });
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 409) throw error;
    throw new UsherError(`somebody else has just made it: ${error.message}`, undefined, { cause: error });
  }
}
