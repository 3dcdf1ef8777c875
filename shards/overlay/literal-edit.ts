import { isSeq } from 'yaml';
import { setKey } from './key-edit.ts';
import { insertItem } from './list-edit.ts';
import type { YamlSource } from './yaml-source.ts';

/** The text with the literal `key=value` in the generator at `generatorPath`, in the place of the one that is there. */
export function setLiteral(
  source: YamlSource,
  generatorPath: readonly (string | number)[],
  key: string,
  value: string,
): string {
  const path = [...generatorPath, 'literals'];
  const list = source.document.getIn(path);
  const entries = isSeq(list) ? list.items.map(String) : [];
  const index = entries.findIndex((entry) => entry.startsWith(`${key}=`));
  const literal = `${key}=${value}`;
  if (index === -1) return insertItem(source, path, entries.length - 1, literal);
  return setKey(source, [...path, index], literal);
}
