import { stringify } from 'yaml';
import { UsageError } from '../../common/errors.ts';
import { wordsFor } from '../cluster/manifest.ts';
import { render } from '../cluster/render.ts';
import type { Context } from '../context.ts';
import { fleetInCluster, folderToBuild } from '../deploy/fleet-in-cluster.ts';
import { print } from '../output/print.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { fleetSecrets } from './fleet-secrets.ts';
import { type ManifestFlags, makeManifests } from './make-manifests.ts';
import { metadataOf, type PasswordSecret, shardSecret } from './password-secret.ts';

/** The flags of `usher secrets create`. */
export interface SecretFlags extends ManifestFlags {
  readonly print?: true;
  readonly dryRun?: true;
}

/**
 * Makes the passwords of a shard in the cluster, or those that belong to the whole fleet, or prints manifests of them.
 * Those that are in the cluster are never made anew: who uses them could not log in any more.
 *
 * @throws UsherError (64) when the cluster has them
 */
export async function createSecrets(
  shard: string | undefined,
  flags: SecretFlags,
  context: Context,
): Promise<void> {
  await fleetInCluster(context.folder, '`usher secrets`');
  const folder = await folderToBuild(context, shard);
  const secrets = shard === undefined ? await secretsOfFleet(folder, context) : [shardSecret(shard)];
  const dryRun = flags.dryRun ?? false;
  if (flags.format === 'secret' && !flags.print) {
    const { createInCluster } = await import('./create-in-cluster.ts');
    const actions = await createInCluster(secrets, folder, dryRun, context);
    sayChange({ changed: actions.length > 0, actions }, dryRun, context);
    if (actions.length === 0) throw nothingToChange(`the cluster has ${wordsOf(secrets)} already`);
    return;
  }
  if (dryRun) {
    const actions = secrets.map((secret) => `print a ${flags.format} of ${wordsOf([secret])}`);
    return sayChange({ changed: true, actions }, dryRun, context);
  }
  const made = await makeManifests(secrets, flags, context.signal);
  print(context, shard === undefined ? made : made[0], () => made.map((one) => stringify(one)).join('---\n'));
}

async function secretsOfFleet(folder: string, { signal }: Context): Promise<PasswordSecret[]> {
  const secrets = fleetSecrets((await render(folder, signal)).objects);
  if (secrets.length > 0) return secrets;
  throw new UsageError(
    `${folder} brings the Secrets of the whole fleet along, or needs none; usher secrets create SHARD makes a shard's`,
  );
}

function wordsOf(secrets: readonly PasswordSecret[]): string {
  return secrets.map((secret) => wordsFor({ kind: 'Secret', metadata: metadataOf(secret) })).join(', ');
}
