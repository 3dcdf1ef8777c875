import { join } from 'node:path';
import { UsageError } from '../../common/errors.ts';
import type { ShardSpec } from '../spec/schema.ts';
import type { FileChange } from './file-change.ts';
import { type FleetFolder, readFleetFolder, shardFolder, shardOfEntry } from './fleet-folder.ts';
import { insertItem } from './list-edit.ts';
import { renderOverlay } from './overlay.ts';

/** The first UDP port given to a shard's bridges: Jitsi's own. */
const firstMediaPort = 10_000;

/** What `usher shard add` changes in the fleet's folder `path`; a UsageError if the name is taken. */
export async function planAdd(path: string, spec: ShardSpec): Promise<FileChange[]> {
  const fleet = await readFleetFolder(path);
  const taken = fleet.overlays.find((overlay) => overlay.spec.name === spec.name);
  if (taken) throw new UsageError(`shard ${spec.name} exists already: ${taken.source.file}`);

  const lastShard = fleet.resources.findLastIndex((entry) => shardOfEntry(entry) !== undefined);
  const after = lastShard === -1 ? fleet.resources.length - 1 : lastShard;
  // The overlay comes first, so that the list never names a folder that is not there yet.
  return [
    {
      path: join(shardFolder(path, spec.name), 'kustomization.yaml'),
      before: undefined,
      after: renderOverlay(spec, freeMediaPort(fleet)),
    },
    {
      path: fleet.list.file,
      before: fleet.list.text,
      after: insertItem(fleet.list, 'resources', after, `shards/${spec.name}`),
    },
  ];
}

function freeMediaPort(fleet: FleetFolder): number {
  const used = new Set(fleet.overlays.map((overlay) => overlay.mediaPort));
  let port = firstMediaPort;
  while (used.has(port)) port += 1;
  return port;
}
