import { expect, test } from 'vitest';
import { decideExist } from './decide-exist.ts';
import { decideOpen, type OpenCandidate } from './decide-open.ts';
import { expectLoad } from './expected-load.ts';
import { FillLevel } from './fill-level.ts';
import { Inflow } from './inflow.ts';
import { lateJoiners } from './late-joiners.ts';

const exist = { existFill: 0.9, reserve: 0.3 };

test.each([
  ['enough for what comes', { bridges: 5, free: 2, rise: 1.5 }, 5],
  ['a start for what is missing', { bridges: 5, free: 1, rise: 1.5 }, 6],
  ['several starts at once', { bridges: 5, free: 0, rise: 3 }, 9],
  ['what is too much may go', { bridges: 5, free: 3.3, rise: 0.5 }, 3],
  ['what comes, and what is kept free, stay', { bridges: 5, free: 3.5, rise: 2.5 }, 5],
  ['one stays, whatever there is', { bridges: 2, free: 9, rise: 0 }, 1],
])('%s', (_, view, count) => {
  expect(decideExist(view, exist).exist).toBe(count);
});

const bridge = (
  name: string,
  load: number,
  hold: number,
  more: Partial<OpenCandidate> = {},
): OpenCandidate => ({ name, load, hold, isOpen: true, coming: 0, ...more });
const drained = { isOpen: false };

test.each([
  [
    'what is held anyway is filled first',
    [bridge('a', 0.2, 1), bridge('b', 0.2, 3), bridge('c', 0, 0)],
    0.5,
    ['b'],
  ],
  [
    'as many as the room takes',
    [bridge('a', 0.5, 1), bridge('b', 0.5, 3), bridge('c', 0.1, 0)],
    0.4,
    ['a', 'b'],
  ],
  ['a filled one stays open for its own', [bridge('a', 0.76, 9), bridge('b', 0.2, 1)], 0.3, ['a', 'b']],
  ['one that is full closes', [bridge('a', 1.05, 9), bridge('b', 0.2, 1)], 0.3, ['b']],
  [
    'a filled one that drains is not opened',
    [bridge('a', 0.76, 9, drained), bridge('b', 0.2, 1)],
    0.3,
    ['b'],
  ],
  [
    'one that is not needed stays while people still come to it',
    [bridge('a', 0.2, 9), bridge('b', 0.2, 1, { coming: 0.05 }), bridge('c', 0.2, 0)],
    0.3,
    ['a', 'b'],
  ],
  [
    'one that drains is not opened for those: they are elsewhere by then',
    [bridge('a', 0.2, 9), bridge('b', 0.2, 1, { coming: 0.05, ...drained })],
    0.3,
    ['a'],
  ],
  [
    'with too little room the less full are filled further',
    [bridge('a', 0.87, 9), bridge('b', 0.7, 1, drained), bridge('c', 0.72, 5)],
    0.2,
    ['b', 'c'],
  ],
  ['with far too little all share it', [bridge('a', 1.1, 9), bridge('b', 0.6, 1, drained)], 2, ['a', 'b']],
  ['there is none', [], 1, []],
] as const)('%s', (_, bridges, room, open) => {
  expect([...decideOpen(bridges, room, 0.75).open].toSorted()).toEqual(open);
});

test('late joiners come within minutes, the fewer the older a meeting is', () => {
  const at = (ageMs: number) => lateJoiners([{ startedMs: -ageMs }], 0, 0.06);
  expect(at(0)).toBeGreaterThan(0.03);
  expect(at(0)).toBeLessThan(0.06);
  expect(at(180_000)).toBeCloseTo(at(0) / Math.E);
  expect(at(1_200_000)).toBe(0);
  expect(lateJoiners([{ startedMs: 0 }, { startedMs: 0 }], 0, 0.06)).toBe(2 * at(0));
});

const forecast = { in15: 100, within5: 110, within25: 130, band25: 120, within30: 115 };

test.each([
  ['the forecast', 100, 3, { within5: 110, within25: 130, within30: 115, isSurge: false }],
  [
    'never less than what is there',
    117,
    undefined,
    { within5: 117, within25: 130, within30: 117, isSurge: false },
  ],
  [
    'out of the band: the rise goes on',
    125,
    4,
    { within5: 145, within25: 165, within30: 125, isSurge: true },
  ],
  ['out of the band and falling', 125, -4, { within5: 125, within25: 130, within30: 125, isSurge: true }],
])('expected: %s', (_, load, slope, expected) => {
  expect(expectLoad(load, slope, forecast)).toEqual(expected);
});

test('without a forecast the band is wide, and nothing is a surge', () => {
  const none = {
    in15: undefined,
    within5: undefined,
    within25: undefined,
    band25: undefined,
    within30: undefined,
  };
  expect(expectLoad(100, 5, none)).toEqual({ within5: 150, within25: 150, within30: 150, isSurge: false });
});

test('the full hour is learned as the full hour', () => {
  const inflow = new Inflow();
  for (let minute = 0; minute < 60 * 200; minute += 1) {
    inflow.observe(minute * 60_000, minute % 60 === 0 ? 300 : 10, 1000);
  }
  const before = 59 * 60_000;
  expect(inflow.within(before, 1000, 1, 0)).toBeCloseTo(300, -1);
  expect(inflow.within(before + 60_000, 1000, 1, 0)).toBeCloseTo(10, -1);
  expect(inflow.within(before, 1000, 1, 2)).toBeGreaterThan(300);
});

test('bridges are filled less far while too many are hot, within bounds', () => {
  const after = (minutes: number, loads: readonly number[]) => {
    const fill = new FillLevel(0.05);
    for (let minute = 0; minute < minutes; minute += 1) fill.observe(loads);
    return fill.level;
  };
  const begun = new FillLevel(0.05).level;
  expect(after(600, [0.9, 0.9, 0.2])).toBeLessThan(begun - 0.02);
  expect(after(600, [0.9, ...new Array<number>(19).fill(0.5)])).toBeCloseTo(begun);
  expect(after(1e5, [0.9])).toBe(0.45);
  expect(after(1e6, [0.2])).toBe(0.9);
});
