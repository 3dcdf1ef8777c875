import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { UsageError } from '../../common/errors.ts';

/** A YAML file as its author wrote it: the text, what it says, and where each part of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Parses `text`; a UsageError lists every syntax error with its place. `file` is only named in messages. */
export function parseYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source = { file, text, document, lines };
  const found = document.errors.map((error) => `${placeAt(source, error.pos[0])}: ${error.message}`);
  if (found.length === 0 && !isMap(document.contents)) {
    found.push(`${placeAt(source, 0)}: found no mapping; "key: value" lines are expected`);
  }
  if (found.length > 0) throw new UsageError(`broken YAML\n${indent(found)}`);
  return source;
}

/** `file:line:column` of a position in the text. */
export function placeAt(source: YamlSource, offset: number): string {
  const { line, col } = source.lines.linePos(offset);
  return `${source.file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

/** The place of the value at `path`; where there is none, that of the nearest part around it. */
export function placeOf(source: YamlSource, path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node = source.document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return placeAt(source, node.range[0]);
  }
  return placeAt(source, 0);
}

/** The place of the key `key` in the mapping at `path`. */
export function placeOfKey(source: YamlSource, path: readonly PropertyKey[], key: string): string {
  const map = path.length === 0 ? source.document.contents : source.document.getIn(path, true);
  if (isMap(map)) {
    for (const pair of map.items) {
      if (isPair(pair) && isNode(pair.key) && pair.key.range && String(pair.key) === key) {
        return placeAt(source, pair.key.range[0]);
      }
    }
  }
  return placeOf(source, path);
}

/** The lines of a list in a message, each set in by two spaces. */
export function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}
