import { describe, expect, it } from 'vitest';
import { breaths } from './breathe.ts';

describe('breaths', () => {
  it('lets others run in a long loop, now and then', async () => {
    let turns = 0;
    const turn = () => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const breath = breaths();
    let waits = 0;
    for (let step = 0; step < 100_000; step += 1) {
      const pause = breath();
      if (!pause) continue;
      waits += 1;
      await pause;
    }
    clearImmediate(next);
    expect(waits).toBe(10);
    expect(turns).toBeGreaterThanOrEqual(9);
  });
});
