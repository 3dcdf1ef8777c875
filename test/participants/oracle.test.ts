import { describe, expect, it } from 'vitest';
import { judgeMeeting, type MeetingRecord } from './oracle.ts';
import type { Seat, SeatEnd } from './seat.ts';

/** A stay: began to join at `from`, was in one later. */
function seat(participant: string, shard: string, from: number, end?: SeatEnd): Seat {
  const times = { startedAt: from, joinedAt: from + 1, joinMs: 1, firstRequestMs: 1 };
  return { participant, shard, kind: 'warm', ...times, ...(end && { end }) };
}

function left(at: number): SeatEnd {
  return { at, by: 'left' };
}

function lost(at: number): SeatEnd {
  return { at, by: 'connection' };
}

function judge(seats: Seat[], routes: MeetingRecord['routes'] = []) {
  const { split, moved, cut } = judgeMeeting({ room: '/r', seats, routes });
  return { split, moved, cut };
}

const clean = { split: undefined, moved: undefined, cut: undefined };

describe('judgeMeeting', () => {
  it('finds nothing wrong with a meeting on one shard', () => {
    const routes = [{ proxy: 'a', at: 5, shard: 'x' }];
    expect(judge([seat('p1', 'x', 0), seat('p2', 'x', 0, left(9)), seat('p3', 'x', 5)], routes)).toEqual(
      clean,
    );
  });

  it('calls simultaneous joins on two shards a split, not a move', () => {
    expect(judge([seat('p1', 'x', 0), seat('p2', 'y', 0)])).toEqual({
      ...clean,
      split: 'p1 on x while p2 on y',
    });
  });

  it('calls a late joiner elsewhere a split and a move', () => {
    const verdict = judge([seat('p1', 'x', 0), seat('p2', 'y', 5)]);
    expect(verdict).toEqual({ ...clean, split: 'p1 on x while p2 on y', moved: 'p1 on x, then p2 on y' });
  });

  it('lets a room that everybody left begin anew elsewhere', () => {
    expect(judge([seat('p1', 'x', 0, left(5)), seat('p2', 'x', 0, left(6)), seat('p3', 'y', 7)])).toEqual(
      clean,
    );
  });

  it('counts a route that leads elsewhere as a move, and a refusal not', () => {
    const people = [seat('p1', 'x', 0)];
    const moved = 'p1 on x, but b leads to y';
    expect(judge(people, [{ proxy: 'b', at: 5, shard: 'y' }])).toEqual({ ...clean, moved });
    expect(judge(people, [{ proxy: 'b', at: 5, shard: undefined }])).toEqual(clean);
  });

  it('takes a loss and return to the same, living meeting for a reconnect', () => {
    expect(judge([seat('p1', 'x', 0), seat('p2', 'x', 0, lost(5)), seat('p2', 'x', 6)])).toEqual(clean);
  });

  it('lets a room begin anew elsewhere after a reconnect and an end', () => {
    const stay = [seat('p1', 'x', 0, left(20)), seat('p2', 'x', 0, lost(5)), seat('p2', 'x', 6, left(19))];
    expect(judge([...stay, seat('p3', 'y', 30)])).toEqual(clean);
  });

  it.each([
    [
      'nobody had stayed',
      [seat('p1', 'x', 0, lost(5)), seat('p2', 'x', 0, lost(5)), seat('p1', 'x', 6), seat('p2', 'x', 6)],
    ],
    ['did not get back in', [seat('p1', 'x', 0), seat('p2', 'x', 0, lost(5))]],
    [
      'lost its session',
      [seat('p1', 'x', 0), seat('p2', 'x', 0, { at: 5, by: 'session' }), seat('p2', 'x', 6)],
    ],
    ['got back on y', [seat('p1', 'x', 0, left(4)), seat('p2', 'x', 0, lost(5)), seat('p2', 'y', 6)]],
  ])('calls it a cut when %s', (reason, seats) => {
    expect(judge(seats).cut).toContain(reason);
  });

  it('counts a return to another shard as a move too', () => {
    expect(judge([seat('p1', 'x', 0, lost(5)), seat('p1', 'y', 6)]).moved).toBe('p1 on x, then p1 on y');
  });
});
