import type { LifetimeCounter } from './lifetimes.ts';

/** A census, with when each of its rooms was created, in milliseconds since the epoch, as far as the shard says. */
export interface DatedCensus {
  readonly at: number;
  readonly rooms: ReadonlyMap<string, number | undefined>;
}

/** The rooms of a shard as its last census showed them: when each began. Those of which that is not known are missing. */
export interface FollowedRooms {
  readonly at: number;
  readonly bornAt: ReadonlyMap<string, number>;
  /** All of them. */
  readonly rooms: ReadonlySet<string>;
}

/** When more than half of so many rooms are gone at once, they were cut: that says nothing of how long they last. */
const roomsToTell = 10;

/** Over a longer time without a census, in milliseconds, nobody knows when a room ended. */
const longestGapMs = 120_000;

/**
 * Counts what became of the rooms of a shard's life since the census before this one. A room that is there anew under
 * the same name is another meeting. Rooms must be those of one life of the shard: with its Prosody none of them ends.
 */
export function followRooms(
  before: FollowedRooms | undefined,
  { at, rooms }: DatedCensus,
  counter: LifetimeCounter,
): FollowedRooms {
  const seen = before && at - before.at <= longestGapMs && !isCut(before, rooms) ? before : undefined;
  const bornAt = new Map<string, number>();
  for (const [room, createdAt] of rooms) {
    // First seen: it began since the census before, which did not show it.
    const firstSeen = seen && !seen.rooms.has(room) ? (seen.at + at) / 2 : undefined;
    const began = createdAt ?? seen?.bornAt.get(room) ?? firstSeen;
    if (began !== undefined) bornAt.set(room, began);
  }
  for (const [room, began] of seen?.bornAt ?? []) {
    const from = (seen?.at ?? at) - began;
    if (bornAt.get(room) === began) {
      counter.lived(from, at - began);
    } else {
      const age = Math.max(0, from + (at - (seen?.at ?? at)) / 2);
      counter.lived(from, age);
      counter.ended(age);
    }
  }
  return { at, bornAt, rooms: new Set(rooms.keys()) };
}

function isCut(before: FollowedRooms, rooms: DatedCensus['rooms']): boolean {
  const gone = [...before.rooms].filter((room) => !rooms.has(room)).length;
  return before.rooms.size >= roomsToTell && gone * 2 > before.rooms.size;
}
