import type { Meeting, MeetingCheck } from '../participants/meeting.ts';
import { judgeMeeting, type Verdict } from '../participants/oracle.ts';
import type { Seat } from '../participants/seat.ts';
import { type Latency, latencyOf } from './latency.ts';

/** What the demo showed, as its participants saw it. */
export interface DemoReport {
  readonly rooms: number;
  readonly participants: number;
  /** Rooms with participants on two shards at a time. */
  readonly split: number;
  /** Rooms whose participants or requests were led to another shard than before. */
  readonly moved: number;
  /** Meetings that somebody fell out of without their will, other than by a reconnect to the same meeting. */
  readonly cut: number;
  /** Participants that were not in their meeting at a check, and messages that did not arrive. */
  readonly absent: number;
  readonly unheard: number;
  /** Reconnects to the same, living meeting, after a proxy was killed. */
  readonly reconnects: number;
  /** Page reloads because the web's and the XMPP server's shard differed. */
  readonly mismatches: number;
  /** From the first HTTP request until in the MUC. `first`: into new rooms; `warm`: into meetings under way. */
  readonly joins: Readonly<Record<'first' | 'warm', Latency>>;
  /** The first HTTP request alone (`config.js`), which the proxy routes by claim or by map. */
  readonly requests: Readonly<Record<'first' | 'warm', Latency>>;
  /** Rooms by the shard they sit on. */
  readonly shards: Readonly<Record<string, number>>;
  /** What went wrong, room by room. */
  readonly faults: readonly Verdict[];
}

/** Judges all meetings and sums up; `checks` are those of all phases. */
export function reportOf(meetings: readonly Meeting[], checks: readonly MeetingCheck[]): DemoReport {
  const verdicts = meetings.map((meeting) => judgeMeeting(meeting.record));
  const seats = meetings.flatMap((meeting) => meeting.record.seats);
  const count = (fault: 'split' | 'moved' | 'cut') => verdicts.filter((verdict) => verdict[fault]).length;
  const total = (size: (check: MeetingCheck) => number) =>
    checks.reduce((sum, check) => sum + size(check), 0);
  return {
    rooms: meetings.length,
    participants: meetings.reduce((sum, meeting) => sum + meeting.participants.length, 0),
    split: count('split'),
    moved: count('moved'),
    cut: count('cut'),
    absent: total((check) => check.absent.length),
    unheard: total((check) => check.unheard.length),
    reconnects: seats.filter((seat) => seat.kind === 'rejoin').length,
    mismatches: meetings.reduce((sum, meeting) => sum + meeting.mismatches, 0),
    joins: byKind(seats, (seat) => seat.joinMs),
    requests: byKind(seats, (seat) => seat.firstRequestMs),
    shards: countByShard(meetings),
    faults: verdicts.filter(({ split, moved, cut }) => split ?? moved ?? cut),
  };
}

/** Whether all that must be zero is zero. */
export function isClean(report: DemoReport): boolean {
  return report.split + report.moved + report.cut + report.absent + report.unheard === 0;
}

function byKind(seats: readonly Seat[], ms: (seat: Seat) => number): Record<'first' | 'warm', Latency> {
  const of = (kind: Seat['kind']) => latencyOf(seats.filter((seat) => seat.kind === kind).map(ms));
  return { first: of('first'), warm: of('warm') };
}

function countByShard(meetings: readonly Meeting[]): Record<string, number> {
  const rooms: Record<string, number> = {};
  for (const { shard = 'none' } of meetings) rooms[shard] = (rooms[shard] ?? 0) + 1;
  return Object.fromEntries(Object.entries(rooms).sort());
}
