import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type {
  V1Container,
  V1DownwardAPIVolumeFile,
  V1KeyToPath,
  V1Pod,
  V1Volume,
} from '@kubernetes/client-node';
import { fieldValue, type PodAddresses } from './field-value.ts';
import type { References } from './references.ts';

/** Lays a pod's volumes out as folders by name: files of ConfigMaps, Secrets and the downward API, else empty. */
export async function writeVolumes(
  directory: string,
  pod: V1Pod,
  addresses: PodAddresses,
  references: References,
): Promise<void> {
  for (const volume of pod.spec?.volumes ?? []) {
    const folder = join(directory, volume.name);
    mkdirSync(folder, { recursive: true });
    writeFiles(folder, await filesOf(volume, references));
  }
  writeDownwardFiles(directory, pod, addresses);
}

/** Writes the files of the downward API anew: annotations change while a pod lives. */
export function writeDownwardFiles(directory: string, pod: V1Pod, addresses: PodAddresses): void {
  for (const { name, downwardAPI, projected } of pod.spec?.volumes ?? []) {
    const sources = [downwardAPI, ...(projected?.sources ?? []).map((source) => source.downwardAPI)];
    const items = sources.flatMap((source) => source?.items ?? []);
    writeFiles(
      join(directory, name),
      Object.fromEntries(items.map((item) => downwardFile(item, pod, addresses))),
    );
  }
}

/** The folder that stands for each path at which a container mounts a volume. */
export function mountsOf(directory: string, container: V1Container): Readonly<Record<string, string>> {
  const mounts = container.volumeMounts ?? [];
  return Object.fromEntries(
    mounts.map(({ mountPath, name, subPath = '' }) => [mountPath, join(directory, name, subPath)]),
  );
}

function downwardFile(item: V1DownwardAPIVolumeFile, pod: V1Pod, addresses: PodAddresses): [string, string] {
  return [item.path, item.fieldRef ? fieldValue(pod, addresses, item.fieldRef.fieldPath) : ''];
}

async function filesOf(volume: V1Volume, references: References): Promise<Record<string, string>> {
  const { configMap, secret, projected } = volume;
  if (configMap) {
    return pick(await references.configMap(configMap.name ?? '', configMap.optional), configMap.items);
  }
  if (secret) return pick(await references.secret(secret.secretName ?? '', secret.optional), secret.items);
  const files: Record<string, string> = {};
  for (const source of projected?.sources ?? []) {
    const { configMap: map, secret: hidden } = source;
    if (map) Object.assign(files, pick(await references.configMap(map.name ?? '', map.optional), map.items));
    if (hidden)
      Object.assign(files, pick(await references.secret(hidden.name ?? '', hidden.optional), hidden.items));
  }
  return files;
}

function pick(
  values: Readonly<Record<string, string>>,
  items?: readonly V1KeyToPath[],
): Record<string, string> {
  if (!items) return values;
  return Object.fromEntries(items.map(({ key, path }) => [path, values[key] ?? '']));
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o600 });
  }
}
