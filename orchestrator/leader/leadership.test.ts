import { describe, expect, it } from 'vitest';
import { Leadership } from './leadership.ts';

describe('Leadership', () => {
  it('is sure from when it was asked for, not from when the answer came', () => {
    let now = 1_000;
    const leadership = new Leadership('7', 2_500, 1_000, () => now);
    now = 3_499;
    expect(leadership.token()).toBe('7');
    expect(leadership.leftMs()).toBe(1);
    now = 3_500;
    expect(() => leadership.token()).toThrow('no longer leads');
  });

  it('is over on waking after a long stop, also when an old renewal is answered only then', () => {
    let now = 0;
    const leadership = new Leadership('7', 2_500, 0, () => now);
    now = 60_000;
    leadership.renewed(900);
    expect(() => leadership.token()).toThrow('no longer leads');
    leadership.renewed(59_900);
    expect(leadership.token()).toBe('7');
  });
});
