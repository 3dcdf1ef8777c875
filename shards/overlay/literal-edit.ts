import { isSeq } from 'yaml';
import { setKey } from './key-edit.ts';
import { insertItem, removeItem } from './list-edit.ts';
import type { YamlSource } from './yaml-source.ts';

/** The text with the literal `key=value` in the generator at `generatorPath`, in the place of the one that is there. */
export function setLiteral(
  source: YamlSource,
  generatorPath: readonly (string | number)[],
  key: string,
  value: string,
): string {
  const path = [...generatorPath, 'literals'];
  const { entries, index } = find(source, path, key);
  const literal = `${key}=${value}`;
  if (index === -1) return insertItem(source, path, entries.length - 1, literal);
  return setKey(source, [...path, index], literal);
}

/** The text without the literal `key=...`, so that the one that the fleet's shards share holds. */
export function removeLiteral(
  source: YamlSource,
  generatorPath: readonly (string | number)[],
  key: string,
): string {
  const path = [...generatorPath, 'literals'];
  const { index } = find(source, path, key);
  return index === -1 ? source.text : removeItem(source, path, index);
}

function find(source: YamlSource, path: readonly (string | number)[], key: string) {
  const list = source.document.getIn(path);
  const entries = isSeq(list) ? list.items.map(String) : [];
  return { entries, index: entries.findIndex((entry) => entry.startsWith(`${key}=`)) };
}
