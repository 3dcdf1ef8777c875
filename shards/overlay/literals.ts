import type { z } from 'zod';
import { shardLiterals } from './schema.ts';
import { placeOf, type YamlSource } from './yaml-source.ts';

interface Literal {
  readonly value: string;
  readonly place: string;
}

/** What usher's literals say, undefined if some are wrong, and where each literal stands. */
export interface Literals {
  readonly values: z.infer<typeof shardLiterals> | undefined;
  readonly places: ReadonlyMap<string, string>;
  readonly findings: string[];
}

/** The literals of the ConfigMap of the shard `name`, whose list is at `path`, and what is wrong with them. */
export function readLiterals(
  name: string,
  source: YamlSource,
  path: readonly PropertyKey[],
  entries: readonly string[],
): Literals {
  const literals = new Map<string, Literal>();
  const findings: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const place = placeOf(source, [...path, index]);
    const equals = entry.indexOf('=');
    const key = entry.slice(0, equals);
    const earlier = literals.get(key);
    if (equals < 1) findings.push(`${place}: KEY=VALUE is expected; found "${entry}"`);
    else if (earlier) findings.push(`${place}: ${key} stands twice, first at ${earlier.place}`);
    else literals.set(key, { value: unquote(entry.slice(equals + 1)), place });
  }
  const values = Object.fromEntries([...literals].map(([key, literal]) => [key, literal.value]));
  const parsed = shardLiterals.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const key = String(issue.path[0]);
    const literal = literals.get(key);
    findings.push(
      literal
        ? `${literal.place}: ${key}: ${issue.message}; found "${literal.value}"`
        : `${placeOf(source, path)}: the literal ${key}=... is missing`,
    );
  }
  const named = literals.get('SHARD');
  if (named && named.value !== name) {
    findings.push(`${named.place}: SHARD: expected the folder's name, "${name}"; found "${named.value}"`);
  }
  const places = new Map([...literals].map(([key, { place }]) => [key, place]));
  return { values: parsed.data, places, findings };
}

/** kustomize takes one pair of quotes off a literal's value. */
function unquote(value: string): string {
  return /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
