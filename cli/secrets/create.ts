import { stringify } from 'yaml';
import { UsageError } from '../../common/errors.ts';
import { overlayOf, readFleetFolder } from '../../shards/overlay/fleet-folder.ts';
import type { Manifest } from '../cluster/manifest.ts';
import type { Context } from '../context.ts';
import { fleetInCluster } from '../deploy/fleet-in-cluster.ts';
import { print } from '../output/print.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { externalSecret } from './external-secret.ts';
import { freshSecret, passwordsSecret } from './passwords-secret.ts';
import { sealSecret } from './seal-secret.ts';

/** The flags of `usher secrets create`. */
export interface SecretFlags {
  readonly format: 'secret' | 'sealedsecret' | 'externalsecret';
  readonly print?: true;
  readonly cert?: string;
  readonly store?: string;
  readonly key?: string;
  readonly dryRun?: true;
}

/**
 * Makes the passwords of a shard in the cluster, or prints a manifest of them. Those that are in the cluster are never
 * made anew: the shard's parts could not log in any more.
 *
 * @throws UsherError (64) when the cluster has them
 */
export async function createSecrets(shard: string, flags: SecretFlags, context: Context): Promise<void> {
  await fleetInCluster(context.folder, '`usher secrets`');
  overlayOf(await readFleetFolder(context.folder), shard);
  const dryRun = flags.dryRun ?? false;
  if (flags.format === 'secret' && !flags.print) {
    const { createInCluster } = await import('./create-in-cluster.ts');
    const actions = await createInCluster(shard, dryRun, context);
    sayChange({ changed: actions.length > 0, actions }, dryRun, context);
    if (actions.length === 0)
      throw nothingToChange(`jitsi-${shard} has its Secret ${passwordsSecret} already`);
    return;
  }
  if (dryRun)
    return sayChange(
      { changed: true, actions: [`print a ${flags.format} of jitsi-${shard}`] },
      dryRun,
      context,
    );
  const made = await manifestOf(shard, flags, context);
  print(context, made, () => stringify(made));
}

function manifestOf(
  shard: string,
  { format, cert, store, key }: SecretFlags,
  { signal }: Context,
): Promise<Manifest> | Manifest {
  switch (format) {
    case 'secret':
      return freshSecret(shard);
    case 'sealedsecret':
      return sealSecret(freshSecret(shard), cert, signal);
    case 'externalsecret':
      if (store === undefined || key === undefined) {
        throw new UsageError(
          '--format externalsecret: --store NAME and --key PATH say where the passwords are',
        );
      }
      return externalSecret(shard, store, key);
    default:
      return format satisfies never;
  }
}
