import type { ConfirmedSplit, Split } from './split.ts';

/** How long a suspicion must last to be a fault. */
export interface Patience {
  /** Looks in a row. */
  looks: number;
  /** And this long: what is in flight takes up to G, and people who lost their connection are shown a while yet. */
  graceMs: number;
  /** The same for what is stale: a room that ends takes its time to leave table and maps. */
  staleMs: number;
}

/** Suspicions by `kind room`, those that are confirmed among them. */
export type Suspicions = ReadonlyMap<string, ConfirmedSplit>;

/**
 * Suspicions after one more look at `now`. What is not found again is dropped, unless nobody could look: a room of
 * which a place in `unread` said something keeps its suspicion, and does not count the look.
 */
export function nextSuspicions(
  before: Suspicions,
  found: readonly Split[],
  unread: ReadonlySet<string>,
  now: number,
): Suspicions {
  const next = new Map<string, ConfirmedSplit>();
  for (const split of found) {
    const known = before.get(identity(split));
    next.set(identity(split), { ...split, since: known?.since ?? now, looks: (known?.looks ?? 0) + 1 });
  }
  for (const [key, suspicion] of before) {
    const isBlind = suspicion.evidence.some(
      ({ where, shard }) => unread.has(where) || (where === 'census' && shard !== null && unread.has(shard)),
    );
    if (!next.has(key) && isBlind) next.set(key, suspicion);
  }
  return next;
}

/** Those that have lasted. */
export function confirmed(suspicions: Suspicions, patience: Patience, now: number): ConfirmedSplit[] {
  return [...suspicions.values()].filter(({ kind, looks, since }) => {
    const lastsMs = kind === 'stale' ? patience.staleMs : patience.graceMs;
    return looks >= patience.looks && now - since >= lastsMs;
  });
}

/** What makes two findings the same one. */
export function identity({ kind, room }: Pick<Split, 'kind' | 'room'>): string {
  return `${kind} ${room}`;
}
