import { describe, expect, it } from 'vitest';
import { count } from '../../common/words.ts';
import { age } from './words.ts';

describe('age', () => {
  it.each([
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [7_199, '119m'],
    [7_200, '2h'],
    [172_800, '2d'],
    [-5, '0s'],
  ])('of %i s is %s', (seconds, text) => {
    const now = Date.parse('2026-01-02T03:04:05Z');
    expect(age(new Date(now - seconds * 1_000).toISOString(), now)).toBe(text);
  });
});

describe('count', () => {
  it.each([
    [0, '0 rooms'],
    [1, '1 room'],
    [2, '2 rooms'],
  ])('of %i is %s', (number, text) => expect(count(number, 'room')).toBe(text));
});
