import { isCollection, isNode, isPair, type YAMLMap, type YAMLSeq } from 'yaml';
import { lastOffset, splice } from './yaml-edit.ts';

/** The text with `words` behind item number `after` of a collection in flow style, `[a, b]` or `{a: b}`. */
export function insertInFlow(
  text: string,
  { items }: YAMLSeq | YAMLMap,
  after: number,
  words: string,
): string | undefined {
  const end = lastOffset(items[after]);
  return end === undefined ? undefined : splice(text, end, end, `, ${words}`);
}

/** The text without item number `index` of a collection in flow style, and without one of the commas beside it. */
export function removeFromFlow(
  text: string,
  { items }: YAMLSeq | YAMLMap,
  index: number,
): string | undefined {
  const [start, end] = [firstOffset(items[index]), lastOffset(items[index])];
  const [before, next] = [lastOffset(items[index - 1]), firstOffset(items[index + 1])];
  if (start === undefined || end === undefined) return undefined;
  return next === undefined ? splice(text, before ?? start, end, '') : splice(text, start, next, '');
}

/** Whether it is written in flow style and has something in it. */
export function isFlow(node: unknown): node is YAMLSeq | YAMLMap {
  return isCollection(node) && node.flow === true && node.items.length > 0;
}

function firstOffset(item: unknown): number | undefined {
  const node = isPair(item) ? item.key : item;
  return isNode(node) ? node.range?.[0] : undefined;
}
