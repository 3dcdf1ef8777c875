import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedWindow } from './sorted-window.ts';

test('a quantile is that of the last values, sorted anew', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, room, level) => {
        const window = new SortedWindow(room);
        for (const value of all) window.push(value);
        const sorted = all.slice(-room).toSorted((a, b) => a - b);
        const place = level * (sorted.length - 1);
        const below = sorted[Math.floor(place)] ?? Number.NaN;
        const above = sorted[Math.ceil(place)] ?? Number.NaN;
        expect(window.size).toBe(sorted.length);
        expect(window.quantile(level)).toBeCloseTo(below + (place - Math.floor(place)) * (above - below), 9);
      },
    ),
  );
});

test('an empty window has no quantile', () => {
  expect(new SortedWindow(3).quantile(0.5)).toBeNaN();
});
