import type { Placement } from '../../haproxy/stick-table/placement.ts';
import type { Censuses } from './census.ts';

/** What the ends of rooms are decided by. */
export interface RoomsInput {
  rooms: ReadonlyMap<string, Placement>;
  /**
   * Only readings of this round, of shards in service: a shard whose census failed is missing, and its rooms are left
   * alone.
   */
  fresh: Censuses;
  /** Room -> how many censuses in a row did not show it, before this round. */
  absences: ReadonlyMap<string, number>;
  /** Is the room pinned, and keeps its seat without anybody in it? */
  isKept: (room: string) => boolean;
  /** How many censuses in a row must miss a room before it lingers. */
  lingerAfter: number;
  /** Is this life of a shard over? Nobody is on it, and whoever asks for a room that sits there claims it anew. */
  isOver(incarnation: string): boolean;
}

/** What becomes of rooms that censuses show, or do not. */
export interface RoomsDecision {
  observe: Map<string, 'live' | 'lingering'>;
  /** Lingering rooms, to be retired in one batch. */
  retire: string[];
  /** Nobody came back to these when their shard's life was over. */
  collect: string[];
  /** Shown by a census, unknown to the table: room -> incarnation. */
  unknown: Map<string, string>;
  /** Shown by another shard than the table says: room -> incarnation that shows it. A split, or about to end. */
  elsewhere: Map<string, string>;
  absences: Map<string, number>;
}

/** What one round of censuses means for every room. Missing censuses change nothing. */
export function decideRooms(input: RoomsInput): RoomsDecision {
  const observe: RoomsDecision['observe'] = new Map();
  const absences = new Map<string, number>();
  const retire: string[] = [];
  const collect: string[] = [];
  for (const [room, placement] of input.rooms) {
    const census = input.fresh.get(placement.shard);
    const before = input.absences.get(room) ?? 0;
    if (input.isOver(placement.shard)) {
      if (before + 1 >= input.lingerAfter) collect.push(room);
      else absences.set(room, before + 1);
      continue;
    }
    if (!census) {
      if (before > 0) absences.set(room, before);
      continue;
    }
    if (census.rooms.has(room)) {
      if (placement.state !== 'live') observe.set(room, 'live');
      continue;
    }
    absences.set(room, before + 1);
    if (placement.state === 'lingering') {
      if (!input.isKept(room)) retire.push(room);
    } else if (placement.state !== 'retiring' && before + 1 >= input.lingerAfter) {
      observe.set(room, 'lingering');
    }
  }
  const unknown = new Map<string, string>();
  const elsewhere = new Map<string, string>();
  for (const [incarnation, { rooms }] of input.fresh) {
    for (const room of rooms.keys()) {
      const placement = input.rooms.get(room);
      if (!placement || input.isOver(placement.shard)) unknown.set(room, incarnation);
      else if (placement.shard !== incarnation) elsewhere.set(room, incarnation);
    }
  }
  return { observe, retire, collect, unknown, elsewhere, absences };
}
