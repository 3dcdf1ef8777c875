import { breaths } from '../../common/breathe.ts';
import { tombstone } from '../../haproxy/agent/desired-maps.ts';
import { bucketOf } from '../../haproxy/room-key/room-key.ts';
import type { Evidence, Split, SplitKind } from './split.ts';
import { proxyEntry, type Showing, type SplitView, showingsOf, tableEntry } from './split-view.ts';

/**
 * Every room of which table, proxies and censuses do not agree now. Much of it is merely on its way: what lasts
 * over several looks is a fault (see confirm-splits.ts). What could not be read says nothing.
 */
export async function findSplits(view: SplitView): Promise<Split[]> {
  const splits: Split[] = [];
  const differing = await roomsThatDiffer(view);
  for (const room of new Set([...(await roomsInDoubt(view)), ...differing])) {
    const shown = showingsOf(view, room);
    const byProxies = differing.has(room) ? judgeProxies(view, room) : [];
    for (const kind of new Set([...judgeCensuses(view, room, shown), ...byProxies])) {
      splits.push({ kind, room, evidence: evidenceOf(view, room, shown) });
    }
  }
  return splits;
}

/** Rooms that are shown elsewhere than they are seated, or not where they are. Nearly every room is neither. */
async function roomsInDoubt(view: SplitView): Promise<Set<string>> {
  const rooms = new Set<string>();
  const breath = breaths();
  for (const [room, { shard }] of view.rooms) {
    const pause = breath();
    if (pause) await pause;
    if (!view.censuses.get(shard)?.[1].rooms.has(room)) rooms.add(room);
  }
  for (const [shard, [, last]] of view.censuses) {
    for (const room of last.rooms.keys()) {
      const pause = breath();
      if (pause) await pause;
      if (view.rooms.get(room)?.shard !== shard) rooms.add(room);
    }
  }
  return rooms;
}

function judgeCensuses(view: SplitView, room: string, shown: readonly Showing[]): SplitKind[] {
  const placement = view.rooms.get(room);
  if (shown.length === 0) {
    const isStale = placement && !view.kept.has(room) && isKnownEmpty(view, room, placement.shard);
    return isStale ? ['stale'] : [];
  }
  if (shown.filter(({ peopled }) => peopled).length > 1) return ['shard-split'];
  if (placement) return shown.some(({ shard }) => shard === placement.shard) ? [] : ['unknown'];
  return shown.some(({ shard }) => view.shards.get(shard)?.admitted) ? ['missing'] : ['unknown'];
}

/** Two readings in a row without the room, or a shard that is no more. A shard that was not read says nothing. */
function isKnownEmpty(view: SplitView, room: string, incarnation: string): boolean {
  if (!view.shards.has(incarnation)) return true;
  return view.censuses.get(incarnation)?.every(({ rooms }) => !rooms.has(room)) ?? false;
}

/** All rooms of the buckets in which some proxy differs from the table. */
async function roomsThatDiffer(view: SplitView): Promise<Set<string>> {
  const rooms = new Set<string>();
  const buckets = new Set<number>();
  for (const proxy of view.proxies.values()) {
    for (const bucket of proxy.buckets) buckets.add(bucket);
    for (const room of proxy.rooms.keys()) rooms.add(room);
  }
  if (buckets.size === 0) return rooms;
  const breath = breaths();
  for (const room of view.rooms.keys()) {
    const pause = breath();
    if (pause) await pause;
    if (buckets.has(bucketOf(room))) rooms.add(room);
  }
  return rooms;
}

function judgeProxies(view: SplitView, room: string): SplitKind[] {
  const expected = tableEntry(view.rooms.get(room));
  const kinds: SplitKind[] = [];
  const destinations = new Set<string>();
  for (const proxy of view.proxies.values()) {
    const entry = proxyEntry(view, proxy, room);
    const leads = entry !== undefined && proxy.slots.has(entry) && view.shards.get(entry)?.admitted === true;
    if (leads) destinations.add(entry);
    if (entry === expected) continue;
    // It leads people elsewhere than the table says, whatever the other proxies hold.
    if (leads && expected !== undefined && expected !== tombstone) kinds.push('proxy-split');
    else kinds.push(entry === undefined ? 'missing' : 'stale');
  }
  return destinations.size > 1 ? [...kinds, 'proxy-split'] : kinds;
}

function evidenceOf(view: SplitView, room: string, shown: readonly Showing[]): Evidence[] {
  return [
    { where: 'table', shard: tableEntry(view.rooms.get(room)) ?? null },
    ...[...view.proxies].map(([where, proxy]) => ({ where, shard: proxyEntry(view, proxy, room) ?? null })),
    ...shown.map(({ shard, participants }) => ({ where: 'census', shard, participants })),
  ];
}
