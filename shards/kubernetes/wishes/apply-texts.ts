import { UsageError } from '../../../common/errors.ts';
import type { TextChange } from '../../overlay/text-change.ts';
import type { ClusterApi } from '../cluster-api.ts';
import { pathOf, placeOf } from './place.ts';
import { readMap, textIn, writeText } from './stored-text.ts';

/**
 * Makes the changes in their order. If one fails, those before it are taken back as far as nobody has changed them
 * since. A UsageError, with nothing changed, if a text is no longer what the plan was made from.
 *
 * @returns the versions of the ConfigMaps since, by `namespace/name`
 */
export async function applyTexts(
  api: ClusterApi,
  changes: readonly TextChange[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  for (const { path, before } of changes.slice(1)) {
    const place = placeOf(path);
    if (textIn(await readMap(api, place, signal), place.part) === before) continue;
    throw new UsageError(
      `${pathOf(place)} was changed by someone else meanwhile; nothing was done, try again`,
    );
  }
  const versions = new Map<string, string>();
  const done: TextChange[] = [];
  try {
    for (const change of changes) {
      const place = placeOf(change.path);
      versions.set(`${place.namespace}/${place.name}`, await writeText(api, place, change, signal));
      done.push(change);
    }
  } catch (error) {
    for (const { path, before, after } of done.reverse()) {
      const undo = { before: after, after: before };
      await writeText(api, placeOf(path), undo, signal).catch(() => undefined);
    }
    throw error;
  }
  return versions;
}
