import type { MapChange, MapName } from '../maps/map-change.ts';
import type { FeedEntry } from '../stick-table/events.ts';
import type { StickTableMirror } from '../stick-table/mirror.ts';
import type { Placement } from '../stick-table/placement.ts';
import { incarnationOf, type ShardRecord } from '../stick-table/records.ts';

/** Marks a room that is about to end: each request for it must claim. */
export const tombstone = '?';

/** What every map of a proxy must hold, whole. */
export function desiredContent(mirror: StickTableMirror): Record<MapName, Map<string, string>> {
  const rooms = new Map<string, string>();
  for (const [room, placement] of mirror.rooms) rooms.set(room, roomEntry(placement));
  return { rooms, ...smallMaps(mirror) };
}

/**
 * What a batch of events changes: the rooms that it names, and the small maps wherever they differ from
 * `held`. Final states only: within a batch nothing depends on a state in between (a hold and the preference
 * that follows it are never in one batch, for the hold is acknowledged before).
 */
export function changesOf(
  entries: readonly FeedEntry[],
  mirror: StickTableMirror,
  held: (map: MapName) => ReadonlyMap<string, string>,
): MapChange[] {
  const changes: MapChange[] = [];
  for (const key of roomsNamed(entries)) {
    const placement = mirror.rooms.get(key);
    const value = placement && roomEntry(placement);
    if (held('rooms').get(key) !== value) changes.push({ map: 'rooms', key, value });
  }
  if (entries.every(({ event }) => touchesRoomsOnly.has(event.type))) return changes;
  for (const [map, content] of Object.entries(smallMaps(mirror)) as [MapName, Map<string, string>][]) {
    for (const [key, value] of content) if (held(map).get(key) !== value) changes.push({ map, key, value });
    for (const key of held(map).keys()) if (!content.has(key)) changes.push({ map, key, value: undefined });
  }
  return changes;
}

const touchesRoomsOnly: ReadonlySet<string> = new Set(['seat', 'observed', 'tombstone', 'deleted']);

function roomsNamed(entries: readonly FeedEntry[]): Set<string> {
  const rooms = new Set<string>();
  for (const { event } of entries) {
    if (event.type === 'seat') rooms.add(event.payload.room);
    if (event.type === 'tombstone' || event.type === 'deleted') {
      for (const room of event.payload.rooms) rooms.add(room);
    }
  }
  return rooms;
}

function roomEntry(placement: Placement): string {
  return placement.state === 'retiring' ? tombstone : placement.shard;
}

function smallMaps(mirror: StickTableMirror): Record<Exclude<MapName, 'rooms'>, Map<string, string>> {
  const slots = new Map<string, string>();
  for (const shard of mirror.shards.values()) {
    if (hasSlot(shard)) slots.set(incarnationOf(shard), incarnationOf(shard));
  }
  const buckets = new Map<string, string>();
  for (const [bucket, name] of mirror.preferences) {
    const shard = mirror.shards.get(name);
    if (!shard) continue;
    const held = mirror.moves.get(bucket)?.phase === 'hold';
    buckets.set(bucket, `${held ? '!' : ''}${incarnationOf(shard)}`);
  }
  return { slots, buckets, tenants: new Map(mirror.tenants) };
}

/** Do proxies send this shard its rooms? */
export function hasSlot(shard: ShardRecord): boolean {
  return shard.admitted && !shard.removed;
}
