import { type Document, isCollection, isMap, isScalar, type Pair, stringify, type YAMLMap } from 'yaml';
import { insertInFlow, isFlow, removeFromFlow } from './flow-edit.ts';
import { insertLines, isBlock, lastOffset, lineEnd, lineStart, rewrite, splice } from './yaml-edit.ts';
import type { YamlSource } from './yaml-source.ts';

type Path = readonly (string | number)[];

/** The text with `value` at `path`; the mappings on the way are made if need be. */
export function setKey(source: YamlSource, path: Path, value: string): string {
  // What YAML 1.1, which kustomize reads, would not take for a text stands in quotes: `true`, a time.
  const written = stringify(value, { version: '1.1', lineWidth: 0 }).trim();
  const change = (document: Document): void => {
    document.setIn(path, value);
    const node = document.getIn(path, true);
    if (isScalar(node) && written !== value) node.type = 'QUOTE_DOUBLE';
  };
  return rewrite(source, change, splicedIn(source, path, written));
}

/** The text without the key at `path`, and without the mappings around it that would be left empty. */
export function removeKey(source: YamlSource, path: Path): string {
  const top = lastEmptied(source.document, path);
  return rewrite(source, (document) => document.deleteIn(top), splicedOut(source, top));
}

function splicedIn(source: YamlSource, path: Path, value: string): string | undefined {
  const { text, document } = source;
  const old = document.getIn(path, true);
  if (isScalar(old) && old.range) return splice(text, old.range[0], old.range[1], value);

  let depth = path.length - 1;
  while (depth > 0 && document.getIn(path.slice(0, depth)) === undefined) depth -= 1;
  const map = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  const keys = path.slice(depth);
  if (isFlow(map)) {
    const nested = keys.reduceRight<string>((inner, key, level) => {
      return level === keys.length - 1 ? `${key}: ${inner}` : `${key}: {${inner}}`;
    }, value);
    return insertInFlow(text, map, map.items.length - 1, nested);
  }
  const first = isMap(map) && isBlock(map) ? map.items[0] : undefined;
  const end = lastOffset(map);
  if (!first || !isScalar(first.key) || !first.key.range || end === undefined) return undefined;
  const column = first.key.range[0] - lineStart(text, first.key.range[0]);
  const lines = keys.map((key, level) => {
    const start = `${' '.repeat(column + 2 * level)}${key}:`;
    return level === keys.length - 1 ? `${start} ${value}` : start;
  });
  return insertLines(text, lineEnd(text, end), lines);
}

function splicedOut(source: YamlSource, path: Path): string | undefined {
  const { text } = source;
  const pair = pairAt(source.document, path);
  const end = lastOffset(pair);
  if (!pair || !isScalar(pair.key) || !pair.key.range || end === undefined) return undefined;
  const map = mapAround(source.document, path);
  if (map && isFlow(map)) return removeFromFlow(text, map, map.items.indexOf(pair));
  const start = lineStart(text, pair.key.range[0]);
  if (text.slice(start, pair.key.range[0]).trim() !== '') return undefined;
  return splice(text, start, lineEnd(text, end), '');
}

function lastEmptied(document: Document, path: Path): Path {
  let top = path;
  while (top.length > 1) {
    const around = document.getIn(top.slice(0, -1), true);
    if (!isCollection(around) || around.items.length > 1 || typeof top.at(-2) === 'number') break;
    top = top.slice(0, -1);
  }
  return top;
}

function mapAround(document: Document, path: Path): YAMLMap | undefined {
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  return isMap(map) ? map : undefined;
}

function pairAt(document: Document, path: Path): Pair | undefined {
  return mapAround(document, path)?.items.find(
    (pair) => isScalar(pair.key) && pair.key.value === path.at(-1),
  );
}
