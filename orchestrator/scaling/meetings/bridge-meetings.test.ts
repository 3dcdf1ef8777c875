import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';
import { type BridgeMeetings, type ConferenceCount, followMeetings } from './bridge-meetings.ts';

/** One in 2,000 ends in a millisecond. */
const survival: SurvivalCurve = { lasts: (_, moreMs) => 0.9995 ** moreMs };
const count = (readMs: number, there: number, created?: number): ConferenceCount => {
  return { readMs, there, created };
};
const before: BridgeMeetings = { readMs: 1_000, created: 10, startedMs: [200, 600] };

test.each<[string, ConferenceCount, readonly number[]]>([
  ['the same read again says nothing new', count(1_000, 5, 20), [200, 600]],
  ['nothing has changed', count(1_100, 2, 10), [200, 600]],
  ['two have begun', count(1_100, 4, 12), [200, 600, 1_025, 1_075]],
  ['any one of two has ended', count(1_100, 1, 10), [400]],
  ['all have ended', count(1_100, 0, 10), []],
  ['one has begun, and one of all has ended', count(1_100, 2, 11), [356, 951]],
  ['all have ended and as many have begun, over a long gap', count(100_000, 2, 90), [95_787, 99_110]],
  ['it was restarted', count(1_100, 1, 1), [1_050]],
  ['it does not say how many were created', count(1_100, 3), [200, 600, 1_050]],
  ['more are there than its counter knows of', count(1_100, 3, 10), [200, 600, 1_050]],
  ['a new leader’s clock is behind', count(500, 3, 11), [200, 500, 500]],
])('%s', (_, said, startedMs) => {
  expect(followMeetings(before, said, survival).startedMs).toEqual(startedMs);
});

test('those of a bridge that was never read are as old as meetings usually are', () => {
  const { startedMs } = followMeetings(undefined, count(1e9, 1, 40), { lasts: () => undefined });
  expect(startedMs).toEqual([1e9 - 35 * 60_000]);
});

test('a counter that leaps costs no more than the meetings that are there', () => {
  expect(followMeetings(before, count(1_100, 3, 1e12), survival).startedMs).toHaveLength(3);
});

test('there are as many as are counted, the oldest first, and none begins after it was read', () => {
  const read = fc.record({
    afterMs: fc.integer({ min: -50, max: 5_000 }),
    there: fc.nat({ max: 40 }),
    created: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
  });
  const curve = fc.constantFrom<SurvivalCurve>(
    survival,
    { lasts: () => undefined },
    { lasts: () => 1 },
    { lasts: () => 0 },
  );
  fc.assert(
    fc.property(fc.array(read, { minLength: 1, maxLength: 30 }), curve, (reads, survival) => {
      let [readMs, meetings] = [1e9, undefined as BridgeMeetings | undefined];
      for (const { afterMs, there, created } of reads) {
        if (afterMs === 0) continue;
        readMs += afterMs;
        meetings = followMeetings(meetings, { readMs, there, created }, survival);
        const { startedMs } = meetings;
        expect(startedMs).toHaveLength(there);
        expect(startedMs).toEqual(startedMs.toSorted((a, b) => a - b));
        expect(startedMs.every((began) => began <= readMs)).toBe(true);
      }
    }),
  );
});
