import { type Document, isMap, isScalar, isSeq } from 'yaml';
import { setKey } from './key-edit.ts';
import { removeItem } from './list-edit.ts';
import { shardImages } from './schema.ts';
import { insertLines, lineStart, rewrite } from './yaml-edit.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

/** The text with this tag for all of a shard's images; undefined: with none, so that the fleet's own holds. */
export function setImageTag(source: YamlSource, tag: string | undefined): string {
  if (!isSeq(source.document.get('images'))) return tag === undefined ? source.text : withImages(source, tag);
  let text = source.text;
  for (const name of shardImages) {
    const edited = parseYaml(source.file, text);
    const index = indexOf(edited.document, name);
    if (tag === undefined) text = index === -1 ? text : removeItem(edited, 'images', index);
    else if (index !== -1) text = setKey(edited, ['images', index, 'newTag'], tag);
    else text = rewrite(edited, (document) => document.addIn(['images'], { name, newTag: tag }), undefined);
  }
  return text;
}

/** A list of its own, before the ConfigMap. */
function withImages(source: YamlSource, tag: string): string {
  const images = shardImages.map((name) => ({ name, newTag: tag }));
  const root = source.document.contents;
  const before = isMap(root)
    ? root.items.find(({ key }) => isScalar(key) && key.value === 'configMapGenerator')
    : undefined;
  const offset = isScalar(before?.key) ? before.key.range?.[0] : undefined;
  // What YAML 1.1 takes for a number stands in quotes.
  const lines = images.flatMap(({ name }) => [`  - name: ${name}`, `    newTag: ${JSON.stringify(tag)}`]);
  const spliced =
    offset === undefined
      ? undefined
      : insertLines(source.text, lineStart(source.text, offset), ['images:', ...lines, '']);
  return rewrite(source, (document) => document.set('images', document.createNode(images)), spliced);
}

function indexOf(document: Document, image: string): number {
  const images: unknown = document.toJS().images;
  return Array.isArray(images) ? images.findIndex((one) => one?.name === image) : -1;
}
