import { describe, expect, it } from 'vitest';
import { hashOf } from './hash.ts';
import { HashSet } from './hash-set.ts';

describe('HashSet', () => {
  it('knows what was added, through every growth', () => {
    const set = new HashSet();
    const hashes = Array.from({ length: 200_000 }, (_, index) => hashOf(`world ${index}`));
    expect(hashes.every((hash) => set.add(hash))).toBe(true);
    expect(hashes.some((hash) => set.add(hash))).toBe(false);
    expect(set.size).toBe(200_000);
  });

  it('tells apart what falls on the same slot, and takes the smallest and the largest', () => {
    const set = new HashSet();
    const hashes = [0, 1 << 16, 2 << 16, 2 ** 53 - 1];
    expect(hashes.map((hash) => set.add(hash))).toEqual([true, true, true, true]);
    expect(hashes.map((hash) => set.add(hash))).toEqual([false, false, false, false]);
  });
});
