import { setImmediate } from 'node:timers/promises';
import type { MapChange, MapName } from './map-change.ts';

/** A key whose held value is not the expected one; a side without the key is undefined. */
export interface Difference {
  key: string;
  expected: string | undefined;
  found: string | undefined;
}

/** How what HAProxy or a file holds of a map differs from what it should. */
export interface Comparison {
  /** Keys held, each counted once. */
  keys: number;
  differences: Difference[];
  /** Later entries of a key that is there already: never found, only slower. */
  doubled: { key: string; found: string }[];
}

/** One entry that is not as it should be, on disk or in HAProxy. */
export interface MapDrift {
  map: MapName;
  key: string;
  where: 'file' | 'runtime';
  kind: 'missing' | 'extra' | 'different';
  /** The value it should have. */
  expected?: string;
  /** The value that was found. */
  found?: string;
}

/** Entries looked at between two breaths of the event loop, which has claims to answer within 100 ms. */
const entriesPerBreath = 10_000;

/** Compares `held`, in HAProxy's order (the first entry of a key counts), with what is expected. */
export async function compareEntries(
  expected: ReadonlyMap<string, string>,
  held: AsyncIterable<readonly [string, string]>,
): Promise<Comparison> {
  const seen = new Set<string>();
  const comparison: Comparison = { keys: 0, differences: [], doubled: [] };
  for await (const [key, found] of held) {
    const wanted = expected.get(key);
    if (seen.has(key)) comparison.doubled.push({ key, found });
    else if (wanted !== found) comparison.differences.push({ key, expected: wanted, found });
    seen.add(key);
  }
  comparison.keys = seen.size;
  let looked = 0;
  for (const [key, wanted] of expected) {
    if (!seen.has(key)) comparison.differences.push({ key, expected: wanted, found: undefined });
    looked += 1;
    if (looked % entriesPerBreath === 0) await setImmediate();
  }
  return comparison;
}

/** The changes that turn `from` into `to`. */
export function changesBetween(
  map: MapName,
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): MapChange[] {
  const changes: MapChange[] = [];
  for (const key of from.keys()) {
    if (!to.has(key)) changes.push({ map, key, value: undefined });
  }
  for (const [key, value] of to) {
    if (from.get(key) !== value) changes.push({ map, key, value });
  }
  return changes;
}

/** A comparison as an operator reads it: every entry that is not as expected, doubled ones as `extra`. */
export function toDrift(map: MapName, where: MapDrift['where'], comparison: Comparison): MapDrift[] {
  const drift = comparison.differences.map(({ key, expected, found }): MapDrift => {
    if (expected === undefined)
      return { map, key, where, kind: 'extra', ...(found !== undefined && { found }) };
    if (found === undefined) return { map, key, where, kind: 'missing', expected };
    return { map, key, where, kind: 'different', expected, found };
  });
  const doubled = comparison.doubled.map(
    ({ key, found }): MapDrift => ({ map, key, where, kind: 'extra', found }),
  );
  return [...drift, ...doubled];
}
