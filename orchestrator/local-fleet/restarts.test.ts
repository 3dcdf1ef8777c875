import { describe, expect, it } from 'vitest';
import { mayStart, started } from './restarts.ts';

describe('restarts', () => {
  it('starts at once the first time, and once more after an end', () => {
    expect(mayStart(undefined, 0)).toBe(true);
    expect(mayStart(started(undefined, 0), 1)).toBe(true);
  });

  it('waits longer with every end in quick succession, up to ten seconds', () => {
    let restarts = started(undefined, 0);
    const delays: number[] = [];
    let now = 0;
    for (let i = 0; i < 9; i += 1) {
      let delay = 0;
      while (!mayStart(restarts, now + delay)) delay += 50;
      delays.push(delay);
      now += delay;
      restarts = started(restarts, now);
    }
    expect(delays).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('forgets what was long ago', () => {
    const restarts = started({ inARow: 8, lastAt: 0 }, 31_000);
    expect(restarts.inARow).toBe(1);
  });
});
