import { isDeepStrictEqual } from 'node:util';
import { type Document, isCollection, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml';
import type { YamlSource } from './yaml-source.ts';

/**
 * The text after `change`. `spliced` is the cheap guess that keeps every other byte; it is taken if it says
 * what `change` says. Where the author's form is too unusual for it (an anchor on what changes), the document
 * writes itself anew: comments and order stay, spacing may not.
 */
export function rewrite(
  source: YamlSource,
  change: (document: Document) => void,
  spliced: string | undefined,
): string {
  const document = source.document.clone();
  change(document);
  if (spliced !== undefined) {
    const guess = parseDocument(spliced);
    if (guess.errors.length === 0 && isDeepStrictEqual(guess.toJS(), document.toJS())) return spliced;
  }
  return document.toString({ lineWidth: 0 });
}

/** `text` with the characters from `start` to `end` replaced. */
export function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Where the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line that holds the character before `offset` ends, its line break included. */
export function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Puts whole `lines` in at `offset`, a line's end, with the line break that the file uses. */
export function insertLines(text: string, offset: number, lines: readonly string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const opening = offset > 0 && text[offset - 1] !== '\n' ? newline : '';
  return splice(text, offset, offset, opening + lines.map((line) => line + newline).join(''));
}

/** The end of a node's last value; a block's own range also takes in the comments after it. */
export function lastOffset(node: unknown): number | undefined {
  if (isPair(node)) return lastOffset(node.value) ?? lastOffset(node.key);
  if (isCollection(node) && !node.flow && node.items.length > 0) return lastOffset(node.items.at(-1));
  return isNode(node) ? node.range?.[1] : undefined;
}

/** Whether `node` is written as a block with something in it, which is what can be spliced. */
export function isBlock(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0;
}
