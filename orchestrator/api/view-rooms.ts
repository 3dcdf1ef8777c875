import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { Placement } from '../../haproxy/stick-table/placement.ts';
import { shardNameOf } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import type { RoomStatus } from './schema/rooms.ts';

/** Which rooms to list; everything that is given must fit. */
export interface RoomFilter {
  /** A shard's name or incarnation. */
  shard?: string | undefined;
  state?: RoomStatus['state'] | undefined;
  limit: number;
}

export function viewRooms(control: Control, mirror: StickTableMirror, filter: RoomFilter): RoomStatus[] {
  const rooms: RoomStatus[] = [];
  for (const [room, placement] of mirror.rooms) {
    if (rooms.length >= filter.limit) break;
    const { shard, state } = placement;
    if (filter.state !== undefined && state !== filter.state) continue;
    if (filter.shard !== undefined && shard !== filter.shard && shardNameOf(shard) !== filter.shard) continue;
    rooms.push(viewRoom(control, room, placement));
  }
  return rooms;
}

export function viewRoom(control: Control, room: string, placement: Placement): RoomStatus {
  return {
    room,
    shard: placement.shard,
    state: placement.state,
    seatedAt: new Date(placement.seatedAt).toISOString(),
    participants: control.censuses.latest().get(placement.shard)?.rooms.get(room) ?? null,
  };
}
