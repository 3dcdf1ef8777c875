import { expect, test } from 'vitest';
import { parseTrace } from './trace.ts';

test('a trace keeps its own clock', () => {
  const trace = parseTrace('x.csv', 'timestamp,value\n2026-03-02T09:00,10\n2026-03-02T09:05,12.5\n');
  expect(trace).toEqual({ startMs: Date.parse('2026-03-02T09:00:00Z'), stepMs: 300_000, values: [10, 12.5] });
});

test.each([
  ['timestamp,value\n2026-03-02T09:00,10\n', 'at least two values'],
  ['timestamp,value\n2026-03-02T09:00,10\nyesterday,3\n', 'x.csv:3'],
  ['timestamp,value\n2026-03-02T09:00,10\n2026-03-02T09:05,\n', 'x.csv:3'],
  ['timestamp,value\n2026-03-02T09:00,10\n2026-03-02T09:05,-1\n', 'x.csv:3'],
  ['timestamp,value\n2026-03-02T09:00,1\n2026-03-02T09:05,1\n2026-03-02T09:15,1\n', 'x.csv:4'],
])('what is wrong is told with its line: %j', (text, message) => {
  expect(() => parseTrace('x.csv', text)).toThrow(message);
});
