import { describe, expect, it } from 'vitest';
import { calmMs, decideStatus } from './decide-status.ts';

const status = { state: 'ready', reason: 'all probes pass', rooms: 3, participants: 7 };
const standing = {
  'usher.dev/state': 'ready',
  'usher.dev/reason': 'all probes pass',
  'usher.dev/rooms': '3',
  'usher.dev/participants': '7',
};

describe('decideStatus', () => {
  it.each([
    ['writes all at first', status, {}, 0, { annotations: standing, isNewState: true }],
    ['writes nothing that stands there', status, standing, Number.POSITIVE_INFINITY, undefined],
    ['keeps calm about numbers', { ...status, rooms: 4 }, standing, calmMs - 1, undefined],
    [
      'writes the numbers that changed, after a while',
      { ...status, rooms: 4 },
      standing,
      calmMs,
      { annotations: { 'usher.dev/rooms': '4' }, isNewState: false },
    ],
    [
      'writes a new state at once',
      { ...status, state: 'down' },
      standing,
      0,
      { annotations: { 'usher.dev/state': 'down' }, isNewState: true },
    ],
    [
      'takes away a number that is not known any more',
      { ...status, rooms: undefined },
      standing,
      calmMs,
      { annotations: { 'usher.dev/rooms': null }, isNewState: false },
    ],
    [
      'knows one that has been taken away',
      { ...status, rooms: undefined },
      { ...standing, 'usher.dev/rooms': null },
      calmMs,
      undefined,
    ],
  ])('%s', (_, wanted, there, sinceMs, write) => {
    expect(decideStatus(wanted, there, sinceMs)).toEqual(write);
  });
});
