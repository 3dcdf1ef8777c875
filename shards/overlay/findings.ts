import type { z } from 'zod';
import { UsageError } from '../../common/errors.ts';
import { indent, placeOf, placeOfKey, type YamlSource } from './yaml-source.ts';

/** What `source` says, by `schema`; a UsageError of `summary` and one line for each finding. */
export function parseWith<T>(schema: z.ZodType<T>, source: YamlSource, summary: string): T {
  const content: unknown = source.document.toJS();
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw failure(summary, schemaFindings(source, content, parsed.error));
}

/** The error that lists `findings` under `summary`. */
export function failure(summary: string, findings: readonly string[]): UsageError {
  return new UsageError(`${summary}\n${indent(findings)}`);
}

function schemaFindings(source: YamlSource, content: unknown, error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const name = [...issue.path, key].join('.');
        return `${placeOfKey(source, issue.path, key)}: unknown setting "${name}"`;
      });
    }
    const name = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    const found = valueAt(content, issue.path);
    return `${placeOf(source, issue.path)}: ${name}${allowed(issue.message)}${inWords(found, issue.path)}`;
  });
}

function inWords(found: unknown, path: readonly PropertyKey[]): string {
  if (path.includes('password')) return '';
  return found === undefined ? '; missing' : `; found ${JSON.stringify(found)}`;
}

/** zod's message without what it found, which is said in the file's own words. */
function allowed(message: string): string {
  return message.replace(/^Invalid (input|option): /, '').replace(/, received .*$/, '');
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
