import { expect, it } from 'vitest';
import { Lives } from './lives.ts';

const shard = (name: string, number: number) => ({ name, incarnation: `${name}.${number}` });

it('says within which time a shard was given another incarnation', () => {
  const lives = new Lives();
  lives.note([shard('x', 1), shard('y', 1)], 0, 2);
  lives.note([shard('x', 1), shard('y', 1)], 10, 12);
  lives.note([shard('x', 2), shard('y', 1)], 20, 22);
  lives.note([shard('x', 2), shard('y', 1), shard('z', 1)], 30, 32);
  expect(lives.ended('x', 0, 30)).toBe(true);
  // The rooms came to another shard before it was declared dead, or after its new life had begun.
  expect(lives.ended('x', 0, 9)).toBe(false);
  expect(lives.ended('x', 23, 30)).toBe(false);
  expect(lives.ended('y', 0, 30)).toBe(false);
  expect(lives.ended('z', 0, 30)).toBe(false);
});
