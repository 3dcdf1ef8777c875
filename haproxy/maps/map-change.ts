import { UsageError } from '../../common/errors.ts';

/** The maps every proxy holds: room -> incarnation or `?`, incarnation -> server, `pool/bucket` -> incarnation, tenant -> pool. */
export type MapName = 'rooms' | 'slots' | 'buckets' | 'tenants';

/** All maps, in the order in which additions may become visible (protocol.md: rooms, slots, then buckets). */
export const mapNames: readonly MapName[] = ['rooms', 'slots', 'buckets', 'tenants'];

/** One entry to be added or changed, or removed when `value` is undefined. */
export interface MapChange {
  map: MapName;
  key: string;
  value: string | undefined;
}

/** What each map holds. */
export type MapContents = Readonly<Record<MapName, ReadonlyMap<string, string>>>;

/** Room keys end at 512 characters and a tenant may stand before; beyond this something is wrong. */
const longestKey = 1_024;
const longestValue = 128;
const keyAlphabet = /^[a-z0-9._~%/-]+$/;
const valueAlphabet = /^[a-z0-9.?!_-]+$/;

/**
 * Whether a map entry is one that usher writes: no character that could end a line, begin a comment or
 * split a command, and never an empty key or value (either ends a payload unsaid).
 */
export function isEntry(key: string, value: string): boolean {
  return (
    key.length <= longestKey &&
    value.length <= longestValue &&
    keyAlphabet.test(key) &&
    valueAlphabet.test(value)
  );
}

/** Throws UsageError when a change's key or value is not one that may reach HAProxy. */
export function checkChange({ map, key, value }: MapChange): void {
  if (isEntry(key, value ?? '?')) return;
  throw new UsageError(
    `${map} map: the entry ${JSON.stringify(key.slice(0, 80))} -> ${JSON.stringify(value?.slice(0, 80))} is not allowed: ` +
      `keys match ${keyAlphabet.source} up to ${longestKey} characters, values ${valueAlphabet.source} up to ${longestValue}`,
  );
}
