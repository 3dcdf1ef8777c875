import type { ApiServer } from '../cluster/api-server.ts';
import { applyChecked, checkObjects, describe } from '../cluster/apply.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { render } from '../cluster/render.ts';
import type { Context } from '../context.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { fleetInCluster, folderToBuild } from './fleet-in-cluster.ts';

/** The flags of `usher apply`. */
export interface ApplyFlags {
  readonly dryRun?: true;
  readonly forceConflicts?: true;
}

const verbs = { create: 'create', change: 'change' } as const;

/** Applies a shard, or the whole fleet; an UsherError (64) when the cluster has it all already. */
export async function applyToCluster(
  shard: string | undefined,
  flags: ApplyFlags,
  context: Context,
): Promise<void> {
  await fleetInCluster(context.folder, '`usher apply`');
  const actions = await deploy(await openCluster(context), shard, flags, context);
  sayChange({ changed: actions.length > 0, actions }, flags.dryRun ?? false, context);
  if (actions.length === 0)
    throw nothingToChange(`the cluster has ${shard ?? 'the whole fleet'} as it is written`);
}

/**
 * Builds and applies a shard, or the whole fleet, and returns what was changed, or with `dryRun` would be.
 *
 * @throws UsageError, with nothing applied, when an overlay is wrong, or the cluster would refuse an object
 */
export async function deploy(
  server: ApiServer,
  shard: string | undefined,
  { dryRun, forceConflicts = false }: { dryRun?: boolean | undefined; forceConflicts?: boolean | undefined },
  context: Pick<Context, 'folder' | 'signal' | 'stderr'>,
): Promise<string[]> {
  const { objects } = await render(await folderToBuild(context, shard), context.signal);
  const checked = await checkObjects(server, objects, { forceConflicts });
  if (!dryRun) {
    await applyChecked(server, checked, { forceConflicts }, (line) => void context.stderr.write(`${line}\n`));
  }
  return checked
    .map(describe)
    .flatMap(({ object, change }) => (change === 'none' ? [] : `${verbs[change]} ${object}`));
}
