import { join } from 'node:path';
import { UsageError } from '../../common/errors.ts';
import type { ShardSpec } from '../spec/schema.ts';
import { type FleetFolder, readFleetFolder, shardFolder, shardOfEntry } from './fleet-folder.ts';
import { insertItem } from './list-edit.ts';
import { renderOverlay } from './overlay.ts';
import type { TextChange } from './text-change.ts';

/** The first UDP port given to a shard's bridges: Jitsi's own. */
const firstMediaPort = 10_000;

/** What a fleet's first shard takes; each further one takes what the last one does, but for what is in its folder. */
const firstComponents = ['../../../../components/media-hostport'];

/** What `usher shard add` changes in the fleet's folder `path`; a UsageError if the name is taken. */
export async function planAdd(path: string, spec: ShardSpec): Promise<TextChange[]> {
  const fleet = await readFleetFolder(path);
  const listed = planListed(fleet, spec.name);
  const components =
    fleet.overlays.at(-1)?.components.filter((one) => one.startsWith('../')) ?? firstComponents;
  // The overlay comes first, so that the list never names a folder that is not there yet.
  return [
    {
      path: join(shardFolder(path, spec.name), 'kustomization.yaml'),
      before: undefined,
      after: renderOverlay(spec, freeMediaPort(fleet), components),
    },
    listed,
  ];
}

/** What puts the shard `name` into the fleet's list, behind the last one; a UsageError if the name is taken. */
export function planListed({ overlays, resources, list }: FleetFolder, name: string): TextChange {
  const taken = overlays.find((overlay) => overlay.spec.name === name);
  if (taken) throw new UsageError(`shard ${name} exists already: ${taken.source.file}`);
  const lastShard = resources.findLastIndex((entry) => shardOfEntry(entry) !== undefined);
  const after = lastShard === -1 ? resources.length - 1 : lastShard;
  return {
    path: list.file,
    before: list.text,
    after: insertItem(list, ['resources'], after, `shards/${name}`),
  };
}

/** The first UDP port that no shard's bridges have. */
export function freeMediaPort(fleet: FleetFolder): number {
  const used = new Set(fleet.overlays.map((overlay) => overlay.mediaPort));
  let port = firstMediaPort;
  while (used.has(port)) port += 1;
  return port;
}
