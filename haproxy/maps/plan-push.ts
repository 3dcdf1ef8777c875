import { type HaproxyVersion, isAtLeast } from '../config/version.ts';
import type { MapEntry } from '../runtime/map-read.ts';
import type { MapChange, MapName } from './map-change.ts';

/** What has to be told HAProxy about one map. */
export interface PushPlan {
  map: MapName;
  /** Keys that are not there yet: a payload adds them without looking, so a key that is there would be doubled. */
  add: MapEntry[];
  set: MapEntry[];
  delete: string[];
  /** Replace the whole map by a versioned commit instead of running `add`, `set` and `delete`. */
  commit: boolean;
}

/** What HAProxy holds of a map, as far as a plan needs it. */
export type Held = Pick<ReadonlyMap<string, string>, 'get' | 'size'>;

/** Before 2.9 `set map` and `del map` walk the whole map. */
const indexedSince = { major: 2, minor: 9 };
/**
 * Entries a linear push may walk before it stalls HAProxy's thread for too long: 50 to 150 ns each
 * (measured on 2.6: 5 ms a `set map` at 1e5 entries, 140 ms at 1e6).
 */
const walkLimit = 1_000_000;
/** A commit costs 4 us an entry, as much as walking past it 30 to 80 times (measured on 2.6). */
const walksWorthACommit = 50;

/**
 * How to bring one map from `current`, which is what HAProxy holds, to `current` with `changes` applied
 * (the last change of a key counts). Changes that are no change are left out.
 */
export function planPush(
  map: MapName,
  current: Held,
  changes: readonly MapChange[],
  version: HaproxyVersion,
): PushPlan {
  const plan: PushPlan = { map, add: [], set: [], delete: [], commit: false };
  const last = new Map(changes.map(({ key, value }) => [key, value]));
  for (const [key, value] of last) {
    const held = current.get(key);
    if (held === value) continue;
    if (value === undefined) plan.delete.push(key);
    else if (held === undefined) plan.add.push([key, value]);
    else plan.set.push([key, value]);
  }
  plan.commit = isCommitCheaper(current.size, plan.set.length + plan.delete.length, version);
  return plan;
}

function isCommitCheaper(entries: number, changed: number, version: HaproxyVersion): boolean {
  if (changed === 0) return false;
  // Single commands run at a third of the rate of a payload's lines.
  if (isAtLeast(version, indexedSince.major, indexedSince.minor)) return changed * 3 > entries + 1_000;
  return changed >= walksWorthACommit || changed * entries >= walkLimit;
}
