import { UsageError } from '../../common/errors.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { overlayOf, readFleetFolder, shardFolder } from '../../shards/overlay/fleet-folder.ts';
import type { Context } from '../context.ts';
import { checkOverlays } from './check-overlays.ts';

/** The fleet file; a UsageError when its fleet is in no cluster. `what` is what cannot be done then. */
export async function fleetInCluster(folder: string, what: string): Promise<Fleet> {
  const fleet = await readFleet(folder);
  if (fleet.driver === 'kubernetes') return fleet;
  throw new UsageError(
    `${what} is for a fleet in a cluster; ${folder}/fleet.yaml says "driver: ${fleet.driver}"`,
  );
}

/** The folder to build for a shard, or for the whole fleet; a UsageError lists what is wrong with any overlay. */
export async function folderToBuild(
  { folder }: Pick<Context, 'folder'>,
  shard: string | undefined,
): Promise<string> {
  const fleet = await readFleetFolder(folder);
  checkOverlays(fleet);
  if (shard === undefined) return folder;
  overlayOf(fleet, shard);
  return shardFolder(folder, shard);
}
