import { describe, expect, it } from 'vitest';
import { attemptAll } from './attempt-all.ts';

describe('attemptAll', () => {
  it('goes on after a failure, and throws the first one at the end', async () => {
    const done: number[] = [];
    const attempt = attemptAll([1, 2, 3, 4], async (item) => {
      if (item % 2 === 1) throw new Error(`${item} is stuck`);
      done.push(item);
    });
    await expect(attempt).rejects.toThrow('1 is stuck');
    expect(done).toEqual([2, 4]);
  });

  it('does one at a time', async () => {
    let busy = 0;
    await attemptAll([1, 2, 3], async () => {
      busy += 1;
      await Promise.resolve();
      expect(busy).toBe(1);
      busy -= 1;
    });
  });
});
