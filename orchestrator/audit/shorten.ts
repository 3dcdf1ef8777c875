import type { AuditEntry } from './audit.ts';
import type { StoredEntry } from './stored-entry.ts';

/** About the most bytes of one entry as JSON: 10,000 of them are some 40 MB at worst, 4 MB usually. */
const maxBytes = 4_096;
const maxItems = 20;
const maxText = 400;
const maxDepth = 4;

/** An entry that is safe to keep: long lists and texts cut, the number of what is left out beside them. */
export function shortenEntry(entry: AuditEntry): StoredEntry {
  const short = shortenTo(entry, maxItems);
  if (bytesOf(short) <= maxBytes) return short;
  const bare = shortenTo({ ...entry, inputs: {} }, 3);
  return { ...bare, leftOut: { ...bare.leftOut, inputs: Object.keys(entry.inputs ?? {}).length } };
}

function shortenTo(entry: AuditEntry, items: number): StoredEntry {
  const leftOut: Record<string, number> = {};
  const cut = <T>(name: string, list: readonly T[] = []) => cutList(name, list, items, leftOut);
  // Who was chosen stays, whatever is left out.
  const candidates = (entry.candidates ?? []).toSorted((a, b) => Number(b.chosen) - Number(a.chosen));
  return {
    actor: shortenText(entry.actor),
    action: shortenText(entry.action),
    shards: cut('shards', entry.shards).map(shortenText),
    rooms: cut('rooms', entry.rooms).map(shortenText),
    reason: shortenText(entry.reason),
    inputs: plainRecord(entry.inputs ?? {}, 'inputs', 1, leftOut),
    candidates: cut('candidates', candidates).map(({ name, chosen, reason }) => ({
      name: shortenText(name),
      chosen,
      reason: shortenText(reason),
    })),
    outcome: shortenText(entry.outcome),
    leftOut,
    heldMs: 0,
  };
}

/** The first `items` of a list; how many are left out is noted in `leftOut` under `name`. */
export function cutList<T>(
  name: string,
  list: readonly T[],
  items: number,
  leftOut: Record<string, number>,
): T[] {
  if (list.length > items) leftOut[name] = list.length - items;
  return list.slice(0, items);
}

/** What JSON can hold of a value; also of a Map, and of what refers to itself. */
function plain(value: unknown, name: string, depth: number, leftOut: Record<string, number>): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'object') return shortenText(String(value));
  if (depth > maxDepth) return '…';
  if (value instanceof Map) return plainRecord(Object.fromEntries(value), name, depth, leftOut);
  if (Array.isArray(value) || value instanceof Set) {
    return cutList(name, [...value], maxItems, leftOut).map((one) => plain(one, name, depth + 1, leftOut));
  }
  return plainRecord(value, name, depth, leftOut);
}

function plainRecord(
  value: object,
  name: string,
  depth: number,
  leftOut: Record<string, number>,
): Record<string, unknown> {
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    cutList(name, fields, maxItems, leftOut).map(([key, one]) => [
      shortenText(key),
      plain(one, `${name}.${key}`, depth + 1, leftOut),
    ]),
  );
}

function shortenText(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}

function bytesOf(entry: StoredEntry): number {
  return Buffer.byteLength(JSON.stringify(entry));
}
