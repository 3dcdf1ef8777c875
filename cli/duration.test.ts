import { describe, expect, it } from 'vitest';
import { duration } from './duration.ts';

describe('duration', () => {
  it.each([
    ['90s', 90_000],
    ['2h', 7_200_000],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('reads %s', (text, ms) => expect(duration(text)).toBe(ms));

  it.each(['', '2', 'h', '2 h', '2h soon', '-2h', '1.5h', '2H'])('refuses "%s"', (text) => {
    expect(() => duration(text)).toThrow('as in 90s');
  });
});
