import type { ScaledBridge, SeenBridge } from '../scale-policy.ts';
import type { Packing } from './schema.ts';

/** Opens bridges in the given order until there is room enough; at least one, if there is any. */
export function packOpen(inOrder: readonly ScaledBridge[], { fillTo, room }: Packing): Set<string> {
  const open = new Set<string>();
  let left = room;
  for (const { name, load } of inOrder) {
    if (left <= 0 && open.size > 0) break;
    const free = fillTo - (load ?? fillTo);
    if (free <= 0) continue;
    open.add(name);
    left -= free;
  }
  for (const { name } of open.size === 0 ? inOrder : []) open.add(name);
  return open;
}

/** Those that are there and may take conferences. */
export function usable(bridges: readonly ScaledBridge[]): ScaledBridge[] {
  return bridges.filter(({ state }) => state === 'open' || state === 'draining');
}

/** The fullest first, the oldest first among equals. */
export function byLoad(a: ScaledBridge, b: ScaledBridge): number {
  return (b.load ?? 0) - (a.load ?? 0);
}

/** Names of the usable ones: a policy that drains none. */
export function allOpen(bridges: readonly ScaledBridge[]): Set<string> {
  return new Set(usable(bridges).map(({ name }) => name));
}

/** What all of them carry; what is not known counts as the mean of the rest. */
export function totalLoad(bridges: readonly SeenBridge[]): number {
  const there = bridges.filter(({ state }) => state !== 'starting');
  const known = there.flatMap(({ load }) => load ?? []);
  const sum = known.reduce((total, load) => total + load, 0);
  return known.length === 0 ? 0 : (sum / known.length) * there.length;
}
