import type { TableEvent } from '../../haproxy/stick-table/events.ts';
import { cutList } from '../audit/shorten.ts';
import type { FleetEvent } from './schema.ts';

/** Rooms that end go by the hundred. */
const maxRooms = 20;

/**
 * A step in the life of a room, from the change feed; undefined for what the audit tells better.
 *
 * @param at when it was, ISO 8601
 * @param room leave all others out of it
 */
export function roomEvent(event: TableEvent, at: string, room?: string): FleetEvent | undefined {
  const about = (rooms: readonly string[], over: Pick<FleetEvent, 'action' | 'reason'>): FleetEvent => {
    const leftOut: Record<string, number> = {};
    const wanted = room === undefined ? rooms : rooms.filter((one) => one === room);
    return {
      at,
      actor: 'orchestrator',
      shards: [],
      rooms: cutList('rooms', wanted, maxRooms, leftOut),
      inputs: {},
      candidates: [],
      outcome: 'ok',
      leftOut,
      ...over,
    };
  };
  switch (event.type) {
    case 'seat': {
      const { room: seated, shard, state, by } = event.payload;
      const actor = by ? `agent ${by}` : 'orchestrator';
      const seen =
        state === 'live' ? 'a census shows it there' : 'seated ahead of its first request: it is pinned';
      const reason = by ? 'a request claimed it' : seen;
      return { ...about([seated], { action: 'room.seat', reason }), actor, shards: [shard] };
    }
    case 'observed': {
      const { room: seen, state } = event.payload;
      if (state === 'live') return about([seen], { action: 'room.live', reason: 'a census shows it' });
      return about([seen], { action: 'room.linger', reason: 'several censuses no longer show it' });
    }
    case 'tombstone':
      return about(event.payload.rooms, {
        action: 'room.retire',
        reason: 'no census shows it: every proxy asks before it sends anybody there',
      });
    case 'deleted':
      return about(event.payload.rooms, {
        action: 'room.end',
        reason: 'no census has shown it since: its seat is deleted',
      });
    default:
      return undefined;
  }
}
