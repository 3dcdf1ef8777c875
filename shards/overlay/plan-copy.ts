import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isMap, isSeq } from 'yaml';
import type { ShardSpec } from '../spec/schema.ts';
import { overlayOf, readFleetFolder, shardFolder } from './fleet-folder.ts';
import { removeKey, setKey } from './key-edit.ts';
import { removeLiteral, setLiteral } from './literal-edit.ts';
import type { Overlay } from './overlay.ts';
import { freeMediaPort, planListed } from './plan-add.ts';
import { wishAnnotations } from './schema.ts';
import type { TextChange } from './text-change.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

/**
 * What adds to the fleet's folder `path` an active shard like the shard `from`, with all that a person wrote there,
 * but for the name, weight and version of `spec`. A UsageError if there is no shard `from`, or if the name is taken.
 */
export async function planCopy(
  path: string,
  from: string,
  spec: Pick<ShardSpec, 'name' | 'weight' | 'imageTag'>,
): Promise<TextChange[]> {
  const fleet = await readFleetFolder(path);
  const overlay = overlayOf(fleet, from);
  const listed = planListed(fleet, spec.name);
  const [source, target] = [shardFolder(path, from), shardFolder(path, spec.name)];
  const changes: TextChange[] = [];
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const after =
      file === overlay.source.file
        ? copyOverlay(overlay, spec, freeMediaPort(fleet))
        : await readFile(file, 'utf8');
    changes.push({ path: join(target, relative(source, file)), before: undefined, after });
  }
  return [...changes, listed];
}

function copyOverlay(
  { source, generatorPath }: Overlay,
  { name, weight, imageTag }: Pick<ShardSpec, 'name' | 'weight' | 'imageTag'>,
  mediaPort: number,
): string {
  const edits: ((source: YamlSource) => string)[] = [
    (one) => setKey(one, ['namespace'], `jitsi-${name}`),
    ...labelPaths(source).map((path) => (one: YamlSource) => setKey(one, path, name)),
    (one) => setLiteral(one, generatorPath, 'SHARD', name),
    (one) => setLiteral(one, generatorPath, 'JVB_PORT', String(mediaPort)),
    (one) => setLiteral(one, generatorPath, 'WEIGHT', String(weight)),
    (one) =>
      imageTag === undefined
        ? removeLiteral(one, generatorPath, 'IMAGE_TAG')
        : setLiteral(one, generatorPath, 'IMAGE_TAG', imageTag),
    ...Object.keys(wishAnnotations.shape).map((annotation) => (one: YamlSource) => {
      const path = [...generatorPath, 'options', 'annotations', annotation];
      return one.document.hasIn(path) ? removeKey(one, path) : one.text;
    }),
  ];
  let { text } = source;
  for (const edit of edits) text = edit(parseYaml(source.file, text));
  return text.replace(/^# Shard \S+,/, `# Shard ${name},`);
}

/** Where labels name the shard. */
function labelPaths({ document }: YamlSource): (string | number)[][] {
  const labels = document.get('labels');
  if (!isSeq(labels)) return [];
  return labels.items.flatMap((one, index) =>
    isMap(one) && one.hasIn(['pairs', 'usher.dev/shard'])
      ? [['labels', index, 'pairs', 'usher.dev/shard']]
      : [],
  );
}
