import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../common/random.ts';
import { deal } from './deck.ts';

const cards = ['a', 'b', 'c', 'd', 'e', 'f'];

function dealt(seed: number, count: number): string[] {
  const deck = deal(cards, seededRandom(seed));
  return Array.from({ length: count }, () => deck.next().value);
}

describe('deal', () => {
  it('deals every card once before any comes again', () => {
    const all = dealt(7, 12);
    expect(all.slice(0, 6).toSorted()).toEqual(cards);
    expect(all.slice(6).toSorted()).toEqual(cards);
  });

  it('deals the same for the same seed, and else for another', () => {
    expect(dealt(7, 12)).toEqual(dealt(7, 12));
    expect(dealt(7, 12)).not.toEqual(dealt(8, 12));
  });

  it('has nothing to deal without cards', () => {
    expect(() => deal([], seededRandom(1)).next()).toThrow(RangeError);
  });
});
