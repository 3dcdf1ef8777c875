import { describe, expect, it } from 'vitest';
import { decideRanks } from './decide-ranks.ts';
import { bridgePod } from './testing/objects.ts';

describe('decideRanks', () => {
  it.each([
    ['ranks one that has none', undefined, 12, 12],
    ['leaves an empty one without', undefined, 0, undefined],
    ['is not moved by a few', 100, 125, undefined],
    ['follows many', 100, 126, 126],
    ['lets an empty one go first at once', 3, 0, 0],
    ['protects one that is no longer empty at once', 0, 1, 1],
    ['takes the mark of a removal away that was not made', -1000, 0, 0],
    ['knows nothing of one that did not say', 100, undefined, undefined],
  ])('%s', (_, cost, now, written) => {
    const pod = bridgePod('a', cost === undefined ? {} : { cost });
    const people = new Map(now === undefined ? [] : [['a', now]]);
    expect(decideRanks([pod], people)).toEqual(written === undefined ? [] : [{ pod, cost: written }]);
  });
});
