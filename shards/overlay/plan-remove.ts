import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { overlayOf, readFleetFolder, readFleetList, shardFolder, shardOfEntry } from './fleet-folder.ts';
import { removeItem } from './list-edit.ts';
import type { TextChange } from './text-change.ts';

/**
 * What `usher shard remove` changes in the fleet's folder `path` once the shard is empty: its line in the
 * list, and every file in its folder. A UsageError if there is no such shard.
 */
export async function planRemove(path: string, name: string): Promise<TextChange[]> {
  const fleet = await readFleetFolder(path);
  overlayOf(fleet, name);
  const index = fleet.resources.findIndex((entry) => shardOfEntry(entry) === name);
  // The line goes first, so that the list never names a folder that is gone.
  const after = removeItem(fleet.list, ['resources'], index);
  const fromList: TextChange = { path: fleet.list.file, before: fleet.list.text, after };
  return [fromList, ...(await deletions(shardFolder(path, name)))];
}

/**
 * What is left to change of a removal that was cut short after it had taken the shard from the list, which no other
 * plan can be made from; nothing when it was not.
 */
export async function planRestOfRemoval(path: string, name: string): Promise<TextChange[]> {
  const { resources } = await readFleetList(path);
  if (resources.some((entry) => shardOfEntry(entry) === name)) return [];
  const folder = shardFolder(path, name);
  return existsSync(folder) ? deletions(folder) : [];
}

async function deletions(folder: string): Promise<TextChange[]> {
  const changes: TextChange[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    changes.push({ path: file, before: await readFile(file, 'utf8'), after: undefined });
  }
  return changes;
}
