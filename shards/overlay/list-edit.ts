import { type Document, isMap, isNode, isScalar, isSeq, type YAMLSeq } from 'yaml';
import { insertInFlow, isFlow, removeFromFlow } from './flow-edit.ts';
import { insertLines, isBlock, lastOffset, lineEnd, lineStart, rewrite, splice } from './yaml-edit.ts';
import type { YamlSource } from './yaml-source.ts';

type Path = readonly (string | number)[];

/** The text with `value` in the list at `path`, behind its item number `after`; the list is made if need be. */
export function insertItem(source: YamlSource, path: Path, after: number, value: string): string {
  const change = (document: Document): void => {
    const list = document.getIn(path);
    if (isSeq(list)) list.items.splice(after + 1, 0, document.createNode(value));
    else document.setIn(path, document.createNode([value]));
  };
  return rewrite(source, change, splicedIn(source, path, after, value));
}

/** The text without item number `index` of the list at `path`; a list that becomes empty stays as `[]`. */
export function removeItem(source: YamlSource, path: Path, index: number): string {
  return rewrite(source, (document) => document.deleteIn([...path, index]), splicedOut(source, path, index));
}

function splicedIn(source: YamlSource, path: Path, after: number, value: string): string | undefined {
  const { text } = source;
  const list = source.document.getIn(path);
  if (isSeq(list) && list.items.length === 0 && list.range) {
    const [start, end] = list.range;
    const opened = splice(text, text[start - 1] === ' ' ? start - 1 : start, end, '');
    return insertLines(opened, lineEnd(opened, start - 1), [`  - ${value}`]);
  }
  if (isFlow(list)) return insertInFlow(text, list, after, value);
  const neighbour = isSeq(list) && isBlock(list) ? list.items[after] : undefined;
  const end = lastOffset(neighbour);
  if (!isNode(neighbour) || !neighbour.range || end === undefined) return undefined;
  const dash = text.slice(lineStart(text, neighbour.range[0]), neighbour.range[0]);
  return insertLines(text, lineEnd(text, end), [dash + value]);
}

function splicedOut(source: YamlSource, path: Path, index: number): string | undefined {
  const { text } = source;
  const list = source.document.getIn(path);
  if (isFlow(list)) return removeFromFlow(text, list, index);
  if (!isSeq(list) || !isBlock(list)) return undefined;
  const item = list.items[index];
  const end = lastOffset(item);
  if (!isNode(item) || !item.range || end === undefined) return undefined;
  const without = splice(text, lineStart(text, item.range[0]), lineEnd(text, end), '');
  return list.items.length > 1 ? without : emptied(without, list, source);
}

/** `key:` with no item left would be null, which kustomize takes for a mistake: it becomes `key: []`. */
function emptied(text: string, list: YAMLSeq, source: YamlSource): string | undefined {
  const root = source.document.contents;
  const pair = isMap(root) ? root.items.find((candidate) => candidate.value === list) : undefined;
  if (!pair || !isScalar(pair.key) || !pair.key.range) return undefined;
  const colon = text.indexOf(':', pair.key.range[1]);
  return splice(text, colon + 1, colon + 1, ' []');
}
