import { UsageError } from '../../../common/errors.ts';
import { clusterError, refusalOf } from '../client.ts';
import { type ClusterApi, fieldManager } from '../cluster-api.ts';
import { marksPatch, marksText, refuseForeign } from './annotations.ts';
import { type Place, pathOf } from './place.ts';
import { annotationOwners, type StoredMap, storedMap } from './stored-map.ts';

/** A ConfigMap as it is now, past every copy. Undefined where there is none. @throws UsherError */
export async function readMap(
  api: ClusterApi,
  { namespace, name }: Pick<Place, 'namespace' | 'name'>,
  signal: AbortSignal,
): Promise<StoredMap | undefined> {
  try {
    return storedMap.parse(await api.get(urlOf(namespace, name), {}, signal));
  } catch (error) {
    if (refusalOf(error)?.code === 404) return undefined;
    throw clusterError(`read configmap ${namespace}/${name}`, error);
  }
}

/** The text at a place of a ConfigMap. */
export function textIn(map: StoredMap | undefined, part: string): string | undefined {
  if (part === 'annotations') return map && marksText(map.metadata.annotations);
  return map?.data[part];
}

/**
 * Makes `after` the text of a place, if it is still `before`.
 *
 * @returns the ConfigMap's version since
 * @throws UsageError, with nothing changed, when it was changed meanwhile, or stands there by somebody else's word
 */
export async function writeText(
  api: ClusterApi,
  place: Place,
  { before, after }: { readonly before: string | undefined; readonly after: string | undefined },
  signal: AbortSignal,
): Promise<string> {
  const { namespace, name, part } = place;
  const map = await readMap(api, place, signal);
  if (textIn(map, part) !== before) throw changedMeanwhile(place);
  try {
    const answer = map
      ? await api.patch(urlOf(namespace, name), patchOf(map, place, after), signal)
      : await api.create(urlOf(namespace), { metadata: { name }, data: { [part]: after } }, signal);
    return storedMap.parse(answer).metadata.resourceVersion;
  } catch (error) {
    // Of a patch: another version than was read; of a creation: somebody else created it.
    if (refusalOf(error)?.code === 409) throw changedMeanwhile(place);
    throw clusterError(`write ${pathOf(place)}`, error);
  }
}

/** What a JSON merge patch does about it, on exactly the version that was read. */
function patchOf(map: StoredMap, place: Place, after: string | undefined): object {
  const { resourceVersion, annotations } = map.metadata;
  if (place.part !== 'annotations') {
    return { metadata: { resourceVersion }, data: { [place.part]: after ?? null } };
  }
  const changed = marksPatch(marksText(annotations), after ?? marksText({}));
  const next = Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, value ?? undefined]));
  refuseForeign(pathOf(place), annotations, { ...annotations, ...next }, annotationOwners(map, fieldManager));
  return { metadata: { resourceVersion, annotations: changed } };
}

function changedMeanwhile(place: Place): UsageError {
  return new UsageError(
    `${pathOf(place)} was changed by someone else meanwhile; nothing was done, try again`,
  );
}

function urlOf(namespace: string, name?: string): string {
  const all = `/api/v1/namespaces/${namespace}/configmaps`;
  return name === undefined ? all : `${all}/${name}`;
}
