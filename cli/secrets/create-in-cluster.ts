import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import { shardFolder } from '../../shards/overlay/fleet-folder.ts';
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
import { freshSecret, passwordKeys, passwordsSecret } from './passwords-secret.ts';

const found = z.object({ data: z.record(z.string(), z.unknown()).default({}) });

/**
 * Makes the Secret of a shard, and its namespace as applying the shard would, and says what was made; nothing when the
 * Secret is there.
 *
 * @throws UsherError when it is there and lacks a password
 */
export async function createInCluster(shard: string, dryRun: boolean, context: Context): Promise<string[]> {
  const server = await openCluster(context);
  const secret = freshSecret(shard);
  const path = `/api/v1/namespaces/jitsi-${shard}/secrets`;
  const there = await server.find(`${path}/${passwordsSecret}`, found);
  if (there) {
    refuseHalf(there.data, wordsFor(secret));
    return [];
  }
  const actions = await ensureNamespace(server, shard, dryRun, context);
  // Created, never applied: who comes second must not overwrite what is in use by then.
  if (!dryRun) await create(server, path, secret);
  return [...actions, `create ${wordsFor(secret)}`];
}

function refuseHalf(data: Readonly<Record<string, unknown>>, words: string): void {
  const missing = passwordKeys.filter((key) => !(key in data));
  if (missing.length === 0) return;
  throw new UsherError(
    `${words} is there but lacks ${missing.join(' and ')}; add it, or delete the Secret and try again`,
  );
}

async function ensureNamespace(
  server: ApiServer,
  shard: string,
  dryRun: boolean,
  context: Context,
): Promise<string[]> {
  const { objects } = await render(shardFolder(context.folder, shard), context.signal);
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const actions: string[] = [];
  for (const planned of await planObjects(namespaces, server, new Discovery(server))) {
    if (await server.find(planned.path, manifest)) continue;
    if (!dryRun) await applyObject(server, planned, { force: false, dryRun: false });
    actions.push(`create ${wordsFor(planned.object)}`);
  }
  return actions;
}

async function create(server: ApiServer, path: string, body: object): Promise<void> {
  try {
    await server.ask(path, manifest, {
      method: 'POST',
      body,
      query: { fieldManager, fieldValidation: 'Strict' },
    });
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 409) throw error;
    throw new UsherError(`somebody else has just made it: ${error.message}`, undefined, { cause: error });
  }
}
