import { overlayOf, readFleetFolder } from './fleet-folder.ts';
import { setLiteral } from './literal-edit.ts';
import type { TextChange } from './text-change.ts';

/** What changes in the fleet's folder `path` to give the shard `name` this share of new rooms, in percent. */
export async function planWeight(path: string, name: string, weight: number): Promise<TextChange[]> {
  const { source, generatorPath, spec } = overlayOf(await readFleetFolder(path), name);
  if (spec.weight === weight) return [];
  const after = setLiteral(source, generatorPath, 'WEIGHT', String(weight));
  return [{ path: source.file, before: source.text, after }];
}
