import { expect, test } from 'vitest';
import { ClosingLevel } from './closing-level.ts';
import { decideExist } from './decide-exist.ts';
import { decideOpen, type OpenCandidate } from './decide-open.ts';
import { expectLoad } from './expected-load.ts';
import { Inflow } from './inflow.ts';
import { Margins } from './margins.ts';

const exist = { existFill: 0.9, reserve: 0.3 };

test.each([
  ['enough for what comes', { bridges: 5, free: 2, rise: 1.5, laterRise: 1 }, 5],
  ['a start for what is missing', { bridges: 5, free: 1, rise: 1.5, laterRise: 1 }, 6],
  ['several starts at once', { bridges: 5, free: 0, rise: 3, laterRise: 1 }, 9],
  ['what is too much may go', { bridges: 5, free: 3.3, rise: 0.5, laterRise: 0.2 }, 3],
  ['what the next half hour needs stays', { bridges: 5, free: 3.5, rise: 0.5, laterRise: 2.5 }, 5],
  ['one stays, whatever there is', { bridges: 2, free: 9, rise: 0, laterRise: 0 }, 1],
])('%s', (_, view, count) => {
  expect(decideExist(view, exist).exist).toBe(count);
});

const options = { fillTo: 0.75, closeAt: 0.78 };
const bridge = (name: string, load: number, hold: number, isOpen = true): OpenCandidate => ({
  name,
  load,
  hold,
  isOpen,
});

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
  ['one too full closes', [bridge('a', 0.9, 9), bridge('b', 0.2, 1)], 0.3, ['b']],
  ['a filled one that drains is not opened', [bridge('a', 0.76, 9, false), bridge('b', 0.2, 1)], 0.3, ['b']],
  ['with too little room all share it', [bridge('a', 0.9, 9), bridge('b', 0.6, 1, false)], 2, ['a', 'b']],
  ['there is none', [], 1, []],
] as const)('%s', (_, bridges, room, open) => {
  expect([...decideOpen(bridges, room, options).open].toSorted()).toEqual(open);
});

const forecast = { in15: 100, within5: 110, within15: 120, highest15: 130, within30: 115 };

test.each([
  ['the forecast', 100, 3, { within5: 110, highest15: 130, within30: 115, isSurge: false }],
  [
    'never less than what is there',
    117,
    undefined,
    { within5: 117, highest15: 130, within30: 117, isSurge: false },
  ],
  [
    'out of the band: the rise goes on',
    125,
    4,
    { within5: 145, highest15: 165, within30: 125, isSurge: true },
  ],
  ['out of the band and falling', 125, -4, { within5: 125, highest15: 130, within30: 125, isSurge: true }],
])('expected: %s', (_, load, slope, expected) => {
  expect(expectLoad(load, slope, forecast)).toEqual(expected);
});

test('without a forecast the band is wide, and nothing is a surge', () => {
  const none = {
    in15: undefined,
    within5: undefined,
    within15: undefined,
    highest15: undefined,
    within30: undefined,
  };
  expect(expectLoad(100, 5, none)).toEqual({ within5: 150, highest15: 150, within30: 150, isSurge: false });
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

test('bridges close earlier while too many are hot, within bounds', () => {
  const closing = new ClosingLevel(0.05);
  const begun = closing.level;
  for (let minute = 0; minute < 500; minute += 1) closing.observe([0.9, 0.9, 0.2]);
  expect(closing.level).toBeLessThan(begun - 0.05);
  for (let minute = 0; minute < 1e5; minute += 1) closing.observe([0.9]);
  expect(closing.level).toBe(0.5);
  for (let minute = 0; minute < 1e6; minute += 1) closing.observe([0.2]);
  expect(closing.level).toBe(1);
});

test('an hour in which there was overload gets more room, from a quarter of an hour before', () => {
  const margins = new Margins();
  const seven = Date.parse('2026-03-02T07:00:00Z');
  for (let minute = 0; minute < 10; minute += 1) margins.observe(seven + minute * 60_000, [1.1, 1.2, 0.5]);
  const day = 86_400_000;
  expect(margins.at(seven + day - 10 * 60_000)).toBeGreaterThan(1);
  expect(margins.at(seven + day - 20 * 60_000)).toBe(0);
  expect(margins.at(seven + 5 * day)).toBe(0);
});
