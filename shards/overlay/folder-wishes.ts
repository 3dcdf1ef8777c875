import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UsageError } from '../../common/errors.ts';
import type { ShardSpec } from '../spec/schema.ts';
import { applyChanges } from './apply-changes.ts';
import { overlayOf, readFleetFolder, readShards } from './fleet-folder.ts';
import { planCopy } from './plan-copy.ts';
import { planRemove, planRestOfRemoval } from './plan-remove.ts';
import { planWeight } from './plan-weight.ts';
import { planWish } from './plan-wish.ts';
import type { Wishes } from './wishes.ts';

/**
 * The wishes that stand in a fleet's folder: overlays, pins.yaml, upgrade.yaml and the other texts.
 *
 * @param readWanted reads the shards, with whatever rules the fleet has for them
 */
export function folderWishes(
  folder: string,
  readWanted: () => Promise<ShardSpec[]> = () => readShards(folder),
): Wishes {
  const nothing = new Map<string, string>();
  return {
    canAdd: true,
    shards: readWanted,
    // A folder is read as a whole, or not at all.
    refused: () => nothing,
    shard: async (name) => overlayOf(await readFleetFolder(folder), name).spec,
    planWish: (name, wish) => planWish(folder, name, wish),
    planWeight: (name, weight) => planWeight(folder, name, weight),
    planCopy: (from, spec) => planCopy(folder, from, spec),
    planRemoval: (name) => planRemoval(folder, name),
    text: (name) => textOf(join(folder, name)),
    apply: applyChanges,
  };
}

async function planRemoval(folder: string, name: string) {
  const rest = await planRestOfRemoval(folder, name);
  if (rest.length > 0) return rest;
  const listed = (await readShards(folder)).some((spec) => spec.name === name);
  return listed ? planRemove(folder, name) : [];
}

async function textOf(path: string) {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { path, text: undefined };
    throw new UsageError(`can't read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
