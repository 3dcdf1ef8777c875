import { count } from '../../common/words.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { Censuses } from './census.ts';

/** The rooms in which people are, or may be about to join. */
export interface LivingRooms {
  /** Room key -> participants by the last census; 0 for one that it does not show yet. Fullest first. */
  readonly rooms: ReadonlyMap<string, number>;
  /** Undefined: there is no census. */
  readonly participants: number | undefined;
}

/** How many rooms are named. */
const named = 10;

/** Who is on the shard `incarnation`, by table and by census. Rooms that are about to end do not count. */
export function roomsOn(mirror: StickTableMirror, censuses: Censuses, incarnation: string): LivingRooms {
  const census = censuses.get(incarnation);
  const rooms = new Map(census?.rooms);
  for (const [room, { shard, state }] of mirror.rooms) {
    const isLiving = state === 'claimed' || state === 'live';
    if (shard === incarnation && isLiving && !rooms.has(room)) rooms.set(room, 0);
  }
  const participants = census && [...rooms.values()].reduce((sum, count) => sum + count, 0);
  return { rooms: new Map([...rooms].toSorted(([, a], [, b]) => b - a)), participants };
}

/** `2 rooms with 7 participants: acme/stand-up (4), /solo (3)`. */
export function describeRooms({ rooms, participants }: LivingRooms): string {
  const isKnown = participants !== undefined;
  const first = [...rooms].slice(0, named).map(([room, count]) => (isKnown ? `${room} (${count})` : room));
  const more = rooms.size > first.length ? ` and ${rooms.size - first.length} more` : '';
  const list = first.length > 0 ? `: ${first.join(', ')}${more}` : '';
  const people = isKnown ? count(participants, 'participant') : 'an unknown number of participants';
  return `${count(rooms.size, 'room')} with ${people}${list}`;
}
