import { UsageError } from '../../common/errors.ts';
import type { DesiredState } from '../spec/schema.ts';
import type { FileChange } from './file-change.ts';
import { readFleetFolder } from './fleet-folder.ts';
import { removeKey, setKey } from './key-edit.ts';

/**
 * What changes in the fleet's folder `path` to make `desired` the wish for the shard `name`: nothing if it
 * is so already. A UsageError if there is no such shard.
 */
export async function planDesired(path: string, name: string, desired: DesiredState): Promise<FileChange[]> {
  const { overlays, list } = await readFleetFolder(path);
  const overlay = overlays.find((candidate) => candidate.spec.name === name);
  if (!overlay) {
    const known = overlays.map((candidate) => candidate.spec.name).join(', ') || 'none';
    throw new UsageError(`there is no shard ${name} in ${list.file}; its shards: ${known}`);
  }
  if (overlay.spec.desired === desired) return [];
  const { source, desiredPath } = overlay;
  const after = desired === 'active' ? removeKey(source, desiredPath) : setKey(source, desiredPath, desired);
  return [{ path: source.file, before: source.text, after }];
}
