import { describe, expect, it } from 'vitest';
import type { BridgeWord } from './bridges-file.ts';
import { type BridgeBounds, decideBridges } from './decide-bridges.ts';
import type { FollowedBridge } from './follow-bridges.ts';
import { bridge, people, silent } from './testing/bridge.ts';

const draining = { draining: true };
const surelyEmpty = { emptyReads: 3 };
const unable = { able: false };
const surelyUnable = { unableReads: 3 };

const decide = (
  bridges: FollowedBridge[],
  bounds: BridgeBounds | undefined,
  words: Record<string, BridgeWord> = {},
): object => {
  const { reason, ...decision } = decideBridges({ bridges, words: new Map(Object.entries(words)) }, bounds);
  expect(reason).not.toBe('');
  return decision;
};

describe('decideBridges', () => {
  const [min, max] = [2, 3];

  it.each<[string, FollowedBridge[], BridgeBounds, object]>([
    ['leaves as many as there are', [bridge('a'), bridge('b')], { min: 1, max: 8 }, { do: 'nothing' }],
    ['starts what is missing', [bridge('a')], { min: 3, max: 8 }, { do: 'start', count: 2 }],
    [
      'takes back the fullest of those that drain before it starts one',
      [bridge('a'), bridge('b', { ...draining, ...people(1) }), bridge('c', { ...draining, ...people(5) })],
      { min, max },
      { do: 'undrain', bridges: ['c'] },
    ],
    [
      'takes back the youngest among equals',
      [bridge('a'), bridge('b', draining), bridge('c', draining)],
      { min, max },
      { do: 'undrain', bridges: ['c'] },
    ],
    [
      'drains the oldest among equals',
      ['a', 'b', 'c', 'd'].map((name) => bridge(name)),
      { min, max },
      { do: 'drain', bridges: ['a'] },
    ],
    [
      'drains those with the fewest endpoints',
      [4, 1, 3, 2, 5].map((endpoints) => bridge(`b${endpoints}`, people(endpoints))),
      { min, max },
      { do: 'drain', bridges: ['b1', 'b2'] },
    ],
    [
      'drains none whose endpoints are not known',
      ['a', 'b', 'c', 'd'].map((name) => bridge(name, { localEndpoints: undefined })),
      { min, max },
      { do: 'nothing' },
    ],
    [
      'goes by the number wanted within the bounds',
      [bridge('a'), bridge('b')],
      { min, max, wanted: 3 },
      { do: 'start', count: 1 },
    ],
    [
      'and not beyond them',
      [bridge('a'), bridge('b'), bridge('c')],
      { min, max, wanted: 9 },
      { do: 'nothing' },
    ],
    [
      'drains down to the number wanted',
      [bridge('a'), bridge('b'), bridge('c')],
      { min, max, wanted: 0 },
      { do: 'drain', bridges: ['a'] },
    ],
    ['does not miss what cannot be read', [bridge('a'), silent('b')], { min, max }, { do: 'nothing' }],
    [
      'does not drain for the sake of what cannot be read',
      [...['a', 'b', 'c'].map((name) => bridge(name)), silent('d')],
      { min, max },
      { do: 'nothing' },
    ],
    [
      'removes all that drained and are surely empty',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty), bridge('d', draining, surelyEmpty)],
      { min, max },
      { do: 'remove', bridges: ['c', 'd'] },
    ],
    [
      'removes none that was found empty too few times',
      [bridge('a'), bridge('b'), bridge('c', draining, { emptyReads: 2 })],
      { min, max },
      { do: 'nothing' },
    ],
    [
      'removes none with a conference, though it counts no endpoint',
      [bridge('a'), bridge('b'), bridge('c', { ...draining, conferences: 1 }, surelyEmpty)],
      { min, max },
      { do: 'nothing' },
    ],
    [
      'removes none of which it is not said what it carries',
      [bridge('a'), bridge('b'), bridge('c', { ...draining, conferences: undefined }, surelyEmpty)],
      { min, max },
      { do: 'nothing' },
    ],
    [
      'removes none beside which no other is open',
      [silent('a'), silent('b'), bridge('c', draining, surelyEmpty)],
      { min, max },
      { do: 'nothing' },
    ],
    [
      'replaces one that is surely unable, and drains it',
      [bridge('a'), bridge('b', unable, surelyUnable)],
      { min, max },
      { do: 'start', count: 1 },
    ],
    [
      'drains one that is surely unable',
      [bridge('a'), bridge('b'), bridge('c', unable, surelyUnable)],
      { min, max },
      { do: 'drain', bridges: ['c'] },
    ],
    [
      'waits until it is sure',
      [bridge('a'), bridge('b', unable, { unableReads: 2 })],
      { min, max },
      { do: 'nothing' },
    ],
    [
      'starts no more than the bounds allow, however many are unable',
      [1, 2, 3].map((n) => bridge(`b${n}`, { ...unable, ...draining }, surelyUnable)),
      { min, max },
      { do: 'nothing' },
    ],
  ])('%s', (_what, bridges, bounds, decision) => {
    expect(decide(bridges, bounds)).toEqual(decision);
  });

  it.each<[string, FollowedBridge[], Record<string, BridgeWord>, object]>([
    [
      'drains a bridge',
      [bridge('a'), bridge('b'), bridge('c', people(3))],
      { c: 'drained' },
      { do: 'drain', bridges: ['c'] },
    ],
    [
      'replaces what it took out, where the minimum asks for it',
      [bridge('a'), bridge('b', draining)],
      { b: 'drained' },
      { do: 'start', count: 1 },
    ],
    [
      'keeps it though it is empty',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty)],
      { c: 'drained' },
      { do: 'nothing' },
    ],
    [
      'removes it when it is empty',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty)],
      { c: 'removed' },
      { do: 'remove', bridges: ['c'] },
    ],
    [
      'does not remove it before',
      [bridge('a'), bridge('b'), bridge('c', { ...draining, ...people(1) })],
      { c: 'removed' },
      { do: 'nothing' },
    ],
    [
      'cuts it, whatever it carries, read or not',
      [bridge('a', people(9)), silent('b')],
      { a: 'cut', b: 'cut' },
      { do: 'remove', bridges: ['a', 'b'] },
    ],
    [
      'takes a drain back',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty)],
      { c: 'open' },
      { do: 'undrain', bridges: ['c'] },
    ],
    [
      'is done with when it is open again, or gone',
      [bridge('a'), bridge('b')],
      { b: 'open', c: 'removed' },
      { do: 'forget', bridges: ['c', 'b'] },
    ],
    ['stands while the bridge cannot be read', [bridge('a'), silent('b')], { b: 'open' }, { do: 'nothing' }],
  ])('an operator’s word %s', (_what, bridges, words, decision) => {
    expect(decide(bridges, { min, max }, words)).toEqual(decision);
  });

  it('leaves their number alone where something else decides it, and drains what operators want drained', () => {
    const bridges = [bridge('a'), bridge('b', draining, surelyEmpty)];
    expect(decide(bridges, undefined)).toEqual({ do: 'nothing' });
    expect(decide(bridges, undefined, { a: 'drained' })).toEqual({ do: 'drain', bridges: ['a'] });
  });
});
