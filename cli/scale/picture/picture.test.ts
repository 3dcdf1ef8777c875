import { expect, test } from 'vitest';
import type { Timeline } from '../../../orchestrator/scaling/simulate/timeline.ts';
import { chartOf } from './chart.ts';
import { escapeText } from './escape.ts';
import { areaBetween, lineOf } from './steps.ts';
import { timeTicks, valueTicks } from './ticks.ts';

const scale = { x: (column: number) => 10 * column, y: (value: number) => 100 - value };

test('a line goes over each column, and over those of one height at once', () => {
  expect(lineOf([1, 1, 3], scale)).toBe('M0 99H20V97H30');
});

test('an area goes there along its top and back along its bottom', () => {
  expect(areaBetween([0, 1, 1], [5, 5, 2], scale)).toBe('M0 95H20V98H30V99H10V100H0Z');
});

const monday = Date.UTC(2026, 0, 5);
const day = 86_400_000;

test.each([
  ['hours', 0.5, ['Mon 00:00', 'Mon 02:00', 'Mon 04:00', 'Mon 06:00', 'Mon 08:00', 'Mon 10:00']],
  ['days', 4, ['Mon 5 Jan', 'Tue 6 Jan', 'Wed 7 Jan', 'Thu 8 Jan']],
  ['Mondays', 16, ['Mon 5 Jan', 'Mon 12 Jan', 'Mon 19 Jan']],
])('time is told by %s', (_, days, labels) => {
  expect(timeTicks(monday, monday + days * day).map(({ label }) => label)).toEqual(labels);
});

test.each([7, 30, 56, 90, 400, 1_500])('over %d days there are a few moments, all within', (days) => {
  const from = monday + 3 * day + 1;
  const ticks = timeTicks(from, from + days * day);
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.length).toBeLessThan(16);
  expect(ticks.every(({ ms }) => ms >= from && ms < from + days * day)).toBe(true);
});

test.each([
  [0.4, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [37, [0, 10, 20, 30, 40]],
  [1_000, [0, 200, 400, 600, 800, 1_000]],
])('up to %d bridges', (most, ticks) => {
  expect(valueTicks(most)).toEqual(ticks);
});

function timelineOf(overloaded: number): Timeline {
  const column = {
    load: { low: 1, high: 2 },
    exist: { low: 4, high: 50 },
    open: { low: 3, high: 3 },
    hot: 0,
  };
  return {
    startMs: monday,
    columnMs: day,
    columns: [
      { ...column, overloaded: 0 },
      { ...column, overloaded },
    ],
  };
}

test('a chart marks overload, the darker the more, and nothing when there is none', () => {
  const opacity = (share: number) => {
    const [, text] =
      /<g class="overloaded">.*opacity="([\d.]+)"/.exec(chartOf(timelineOf(share), 5, 'x')) ?? [];
    return Number(text);
  };
  expect(opacity(0)).toBeNaN();
  expect(opacity(0.0001)).toBeGreaterThan(0.2);
  expect(opacity(0.1)).toBeGreaterThan(opacity(0.0001));
});

test('what is above the top of a chart is cut off', () => {
  const [, exist = ''] = /class="exist" d="([^"]+)"/.exec(chartOf(timelineOf(0), 5, 'x')) ?? [];
  const heights = [...exist.matchAll(/[MV][\d.]* ?([\d.]+)/g)].map(([, y]) => Number(y));
  expect(heights.every((y) => y >= 0)).toBe(true);
});

test('names cannot break out of their text', () => {
  expect(escapeText(`<a href="x">&'`)).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#39;');
});
