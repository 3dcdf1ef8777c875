import { describe, expect, it, test } from 'vitest';
import { bridgesFor, neededBridges } from './need.ts';

test.each([
  [0, 1],
  [0.1, 2],
  [0.9, 2],
  [0.91, 3],
  [9, 11],
])('a load of %d asks for %d bridges', (load, bridges) => {
  expect(bridgesFor(load)).toBe(bridges);
});

describe('neededBridges', () => {
  const peakAt = (index: number) => Array.from({ length: 40 }, (_, at) => (at === index ? 3.5 : 0));

  it('has them half an hour before the load, and an hour after it', () => {
    const needed = neededBridges(peakAt(20));
    expect(needed.map((one) => one === 5)).toEqual(needed.map((_, at) => at >= 14 && at <= 32));
    expect(needed[13]).toBe(1);
  });

  it('does not know where the load is not known, and holds over gaps', () => {
    expect(neededBridges([3.5, undefined, 0])).toEqual([5, undefined, 5]);
  });
});
