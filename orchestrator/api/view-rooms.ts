import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { Placement } from '../../haproxy/stick-table/placement.ts';
import { shardNameOf } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import type { RoomStatus, RoomsQuery } from './schema/rooms.ts';

/** The seated rooms that `query` asks for; everything that it gives must fit. */
export function viewRooms(control: Control, mirror: StickTableMirror, query: RoomsQuery): RoomStatus[] {
  const rooms: RoomStatus[] = [];
  for (const [room, placement] of mirror.rooms) {
    if (rooms.length >= query.limit) break;
    const { shard, state } = placement;
    if (query.state !== undefined && state !== query.state) continue;
    if (query.shard !== undefined && shard !== query.shard && shardNameOf(shard) !== query.shard) continue;
    rooms.push(viewRoom(control, room, placement));
  }
  return rooms;
}

/** One seated room. */
export function viewRoom(control: Control, room: string, placement: Placement): RoomStatus {
  return {
    room,
    shard: placement.shard,
    state: placement.state,
    seatedAt: new Date(placement.seatedAt).toISOString(),
    participants: control.censuses.latest().get(placement.shard)?.rooms.get(room) ?? null,
  };
}
