import type { z } from 'zod';
import { parseWith } from './findings.ts';
import { removeKey, setKey } from './key-edit.ts';
import type { StoredText } from './wishes.ts';
import { parseYaml } from './yaml-source.ts';

/** Reads a text that is one flat mapping; without it, or with comments alone, it is empty. */
export function readFlat<T>(
  { path, text }: StoredText,
  schema: z.ZodType<Record<string, T>>,
  summary: string,
): Record<string, T> {
  if (text === undefined || isBare(text)) return {};
  return parseWith(schema, parseYaml(path, text), summary);
}

/**
 * The text with `key` set to `value`, or without it when that is undefined. What people wrote beside it stays.
 * @param preface how the text begins where nothing is in it
 */
export function editFlat(
  { path, text }: StoredText,
  key: string,
  value: string | undefined,
  preface: string,
): string {
  if (text === undefined || isBare(text)) {
    return value === undefined ? (text ?? preface) : `${text ?? preface}${JSON.stringify(key)}: ${value}\n`;
  }
  const source = parseYaml(path, text);
  const after = value === undefined ? removeKey(source, [key]) : setKey(source, [key], value);
  return after.trim() === '{}' ? preface : after;
}

/** Whether `text` says nothing: comments at most. */
export function isBare(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}
