import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ApiextensionsV1Api, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { waitFor } from '../../../common/time.ts';
import { parseObjects } from '../apply-objects.ts';
import { strictApply } from './strict-apply.ts';

/** The definitions of others' kinds that scripts/cluster-definitions.sh has fetched; none where it could not. */
export async function findDefinitions(): Promise<KubernetesObject[]> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'usher', 'cluster', 'definitions');
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.yaml'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap(parseObjects);
}

/** Applies definitions, and waits until the API server knows their kinds. */
export async function applyDefinitions(
  config: KubeConfig,
  definitions: readonly KubernetesObject[],
): Promise<void> {
  // Not by the library: it drops what it does not know of them.
  const apply = strictApply(config, { dryRun: false });
  for (const definition of definitions) {
    const said = await apply(definition);
    if (said.length > 0) throw new Error(said.join());
  }
  const api = config.makeApiClient(ApiextensionsV1Api);
  const established = async () => {
    const { items } = await api.listCustomResourceDefinition();
    return items.every(({ status }) =>
      status?.conditions?.some(({ type, status: holds }) => type === 'Established' && holds === 'True'),
    );
  };
  await waitFor(async () => (await established()) || undefined, {
    timeoutMs: 20_000,
    describe: () => 'the API server does not take the definitions',
  });
}
