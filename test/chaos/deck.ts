import { type Random, shuffled } from '../../common/random.ts';

/** Deals all cards in a random order, and then again in another: each comes as often as the others. */
export function* deal<T>(cards: readonly T[], random: Random): Generator<T, never> {
  if (cards.length === 0) throw new RangeError('no cards to deal');
  for (;;) yield* shuffled(random, cards);
}
