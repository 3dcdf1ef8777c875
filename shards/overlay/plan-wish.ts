import type { Wish } from '../spec/schema.ts';
import { overlayOf, readFleetFolder } from './fleet-folder.ts';
import { removeKey, setKey } from './key-edit.ts';
import type { TextChange } from './text-change.ts';
import { writeWish } from './wish-annotations.ts';
import { parseYaml } from './yaml-source.ts';

/**
 * What changes in the fleet's folder `path` to make `wish` that of the operator for the shard `name`: nothing if it
 * is so already. A UsageError if there is no such shard.
 */
export async function planWish(path: string, name: string, wish: Wish): Promise<TextChange[]> {
  const { source, generatorPath, spec } = overlayOf(await readFleetFolder(path), name);
  const present = writeWish(spec);
  let after = source.text;
  for (const [key, value] of Object.entries(writeWish(wish))) {
    if (value === present[key as keyof typeof present]) continue;
    const edited = parseYaml(source.file, after);
    const place = [...generatorPath, 'options', 'annotations', key];
    after = value === undefined ? removeKey(edited, place) : setKey(edited, place, value);
  }
  return after === source.text ? [] : [{ path: source.file, before: source.text, after }];
}
