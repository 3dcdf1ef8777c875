import type { RouteSighting } from './route.ts';
import type { Seat } from './seat.ts';

/** What was seen of one meeting, from outside: only what its clients say counts. */
export interface MeetingRecord {
  readonly room: string;
  readonly seats: readonly Seat[];
  readonly routes: readonly RouteSighting[];
}

/** What went wrong with a meeting; undefined where nothing did, otherwise the first instance in words. */
export interface Verdict {
  readonly room: string;
  /** Participants on different shards at the same time. */
  readonly split: string | undefined;
  /** Somebody was led to another shard than the one where the meeting sat already. */
  readonly moved: string | undefined;
  /** Somebody's session ended without their will and could not be taken up in the same, living meeting. */
  readonly cut: string | undefined;
}

/** Judges one meeting. */
export function judgeMeeting(record: MeetingRecord): Verdict {
  return { room: record.room, split: findSplit(record), moved: findMove(record), cut: findCut(record) };
}

function findSplit({ seats }: MeetingRecord): string | undefined {
  for (const [index, one] of seats.entries()) {
    const other = seats.slice(index + 1).find((seat) => seat.shard !== one.shard && overlap(one, seat));
    if (other) return `${at(one)} while ${at(other)}`;
  }
  return undefined;
}

function findMove({ seats, routes }: MeetingRecord): string | undefined {
  for (const seat of seats) {
    const before = seats.find(
      (earlier) => earlier.shard !== seat.shard && holdsAt(earlier, seat.startedAt, seats),
    );
    if (before) return `${at(before)}, then ${at(seat)}`;
  }
  for (const route of routes) {
    const { shard } = route;
    const before = seats.find(
      (seat) => shard !== undefined && seat.shard !== shard && holdsAt(seat, route.at, seats),
    );
    if (before) return `${at(before)}, but ${route.proxy} leads to ${shard}`;
  }
  return undefined;
}

function findCut({ seats }: MeetingRecord): string | undefined {
  for (const seat of seats) {
    if (!seat.end || seat.end.by === 'left') continue;
    const lostAt = seat.end.at;
    const next = nextSeat(seat, seats);
    if (!next) return `${at(seat)} did not get back in`;
    if (next.shard !== seat.shard) return `${at(seat)} got back on ${next.shard}`;
    if (seat.end.by === 'session') return `${at(seat)} lost its session, while its proxy lived`;
    const witness = seats.some(
      (other) => other !== seat && other.joinedAt <= lostAt && endOf(other) >= next.joinedAt,
    );
    if (!witness) return `${at(seat)} got back, but nobody had stayed`;
  }
  return undefined;
}

function overlap(one: Seat, other: Seat): boolean {
  return one.joinedAt < endOf(other) && other.joinedAt < endOf(one);
}

/** Whether the seat binds the room to its shard at this time: until it is left, or taken up again after a loss. */
function holdsAt(seat: Seat, time: number, seats: readonly Seat[]): boolean {
  const lost = seat.end !== undefined && seat.end.by !== 'left';
  const until = lost ? (nextSeat(seat, seats)?.joinedAt ?? Number.POSITIVE_INFINITY) : endOf(seat);
  return seat.joinedAt <= time && time < until;
}

function nextSeat(seat: Seat, seats: readonly Seat[]): Seat | undefined {
  return seats.find((next) => next.participant === seat.participant && next.joinedAt > seat.joinedAt);
}

function endOf(seat: Seat): number {
  return seat.end?.at ?? Number.POSITIVE_INFINITY;
}

function at(seat: Seat): string {
  return `${seat.participant} on ${seat.shard}`;
}
