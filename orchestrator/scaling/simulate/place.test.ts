import { expect, test } from 'vitest';
import { placeOf } from './place.ts';
import { type LiveMeeting, type SimulatedBridge, seat, unseat } from './simulated-bridge.ts';

function bridge(name: string, people: number, isDraining = false): SimulatedBridge {
  return { name, startedMinute: 0, readyMinute: 0, isDraining, people, meetings: [], conferencesCreated: 0 };
}

function meetingOn(...bridges: SimulatedBridge[]): LiveMeeting {
  const meeting: LiveMeeting = { startedMs: 0, endMinute: 60, legs: [] };
  for (const one of bridges) seat(meeting, one);
  return meeting;
}

const relays = { capacity: 100, relays: true };

test.each([
  ['a new meeting goes to the least loaded', undefined, 'c'],
  ['people go where their meeting is', bridge('own', 70), 'own'],
  ['not where it is overloaded', bridge('own', 100), 'c'],
  ['not where it drains', bridge('own', 20, true), 'c'],
])('%s', (_, own, expected) => {
  const open = [bridge('a', 50), bridge('b', 80), bridge('c', 30)];
  expect(placeOf(meetingOn(...(own ? [own] : [])), open, relays)?.name).toBe(expected);
});

test('without relays it stays even where it drains', () => {
  const own = bridge('own', 120, true);
  expect(placeOf(meetingOn(own), [bridge('a', 1)], { capacity: 100, relays: false })).toBe(own);
});

test('without any bridge there is no place', () => {
  expect(placeOf(meetingOn(), [], relays)).toBeUndefined();
});

test('who is taken off was there, and only they', () => {
  const one = bridge('one', 0);
  const first = meetingOn(one, one);
  const second = meetingOn(one);
  for (const leg of first.legs) unseat(first, leg);
  expect(one).toMatchObject({ people: 1, meetings: [second] });
});
