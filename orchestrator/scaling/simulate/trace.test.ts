import { expect, test } from 'vitest';
import { cutDays, inPeople, meanOf, minutesOf, parseTrace, scoredPart } from './trace.ts';

test('a trace keeps its own clock', () => {
  const trace = parseTrace('x.csv', 'timestamp,value\n2026-03-02T09:00,10\n2026-03-02T09:05,12.5\n');
  expect(trace).toEqual({ startMs: Date.parse('2026-03-02T09:00:00Z'), stepMs: 300_000, values: [10, 12.5] });
});

test.each([
  ['timestamp,value\n2026-03-02T09:00,10\n', 'at least two values'],
  ['timestamp,value\n2026-03-02T09:00,10\nyesterday,3\n', 'x.csv:3'],
  ['timestamp,value\n2026-03-02T09:00,10\n2026-03-02T09:05,\n', 'x.csv:3'],
  ['timestamp,value\n2026-03-02T09:00,10\n2026-03-02T09:05,-1\n', 'x.csv:3'],
  [
    'timestamp,value\n2026-03-02T09:00,1\n2026-03-02T09:05,1\n2026-03-02T09:15,1\n',
    'x.csv:4: expected evenly spaced times, 5 min apart as the first two: 2026-03-02T09:10',
  ],
  ['timestamp,value\n2026-03-02T09:05,1\n2026-03-02T09:00,1\n', 'x.csv:3: expected a time after'],
  ['2026-03-02T09:00,1\n2026-03-02T09:05,1\n2026-03-02T09:10,1\n', 'x.csv:1: expected a heading'],
  ['timestamp,value\n2026-03-02T09:00Z,1\n2026-03-02T09:05Z,1\n', 'x.csv:2: expected a time without a zone'],
])('what is wrong is told with its line: %j', (text, message) => {
  expect(() => parseTrace('x.csv', text)).toThrow(message);
});

test('in people, cut or whole, a trace keeps its height', () => {
  const values = Array.from({ length: 72 }, (_, hour) => (hour < 24 ? 10 : 40));
  const people = inPeople({ startMs: 0, stepMs: 3_600_000, values }, 300);
  expect(meanOf(people.values)).toBeCloseTo(300);
  const last = cutDays(people, 1, 3);
  expect(last).toMatchObject({ startMs: 86_400_000, stepMs: 3_600_000 });
  expect(last.values).toEqual(new Array(48).fill(400));
  expect(minutesOf(last)).toBe(2_880);
  expect(scoredPart({ trace: people, warmUpDays: 1 })).toEqual(last);
  expect(scoredPart({ trace: people })).toBe(people);
});
