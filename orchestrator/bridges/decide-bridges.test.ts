import { describe, expect, it } from 'vitest';
import type { ScaleDecision } from '../scaling/scale-policy.ts';
import type { BridgeWord } from './bridges-file.ts';
import { decideBridges } from './decide-bridges.ts';
import type { FollowedBridge } from './follow-bridges.ts';
import { bridge, people, silent } from './testing/bridge.ts';

const draining = { draining: true };
const surelyEmpty = { emptyReads: 3 };
const unable = { able: false };
const surelyUnable = { unableReads: 3 };

/** So many exist, these are open. */
const wanted = (exist: number, open: string, more: Partial<ScaleDecision> = {}): ScaleDecision => ({
  exist,
  open: new Set(open.split(' ')),
  reasons: ['the load'],
  ...more,
});

const decide = (
  bridges: FollowedBridge[],
  decision: ScaleDecision | undefined,
  words: Record<string, BridgeWord> = {},
): object[] =>
  decideBridges({ bridges, words: new Map(Object.entries(words)) }, decision).map(({ reason, ...change }) => {
    expect(reason).not.toBe('');
    return change;
  });

describe('decideBridges', () => {
  it.each<[string, FollowedBridge[], ScaleDecision, object[]]>([
    ['leaves what is as it should be', [bridge('a'), bridge('b')], wanted(2, 'a b'), []],
    ['starts what is missing', [bridge('a')], wanted(3, 'a'), [{ do: 'start', count: 2 }]],
    [
      'starts none beside those that are unable where no more are allowed',
      [bridge('a'), bridge('b', { ...unable, ...draining }, surelyUnable)],
      wanted(2, 'a', { most: 2 }),
      [],
    ],
    [
      'starts anew what ends on purpose',
      [bridge('a'), bridge('b', draining)],
      wanted(2, 'a', { end: new Set(['b']), most: 2 }),
      [{ do: 'start', count: 1 }],
    ],
    [
      'opens and drains at once',
      [bridge('a'), bridge('b', draining), bridge('c', people(2))],
      wanted(3, 'a b'),
      [
        { do: 'undrain', bridges: ['b'] },
        { do: 'drain', bridges: ['c'] },
      ],
    ],
    ['never drains all', [bridge('a'), bridge('b')], wanted(2, 'z'), []],
    [
      'drains what ends, though it was to be open, and does not take it back',
      [bridge('a'), bridge('b'), bridge('c', draining)],
      wanted(3, 'a b c', { end: new Set(['b', 'c']) }),
      [
        { do: 'start', count: 2 },
        { do: 'drain', bridges: ['b'] },
      ],
    ],
    ['does not miss what cannot be read', [bridge('a'), silent('b')], wanted(2, 'a'), []],
    ['does not touch it either', [bridge('a'), silent('b')], wanted(1, 'a'), []],
    [
      'removes those that drained and are surely empty, as far as there are too many',
      [bridge('a'), bridge('b', draining, surelyEmpty), bridge('c', draining, surelyEmpty)],
      wanted(2, 'a'),
      [{ do: 'remove', bridges: ['b'] }],
    ],
    [
      'removes none of them while none is to go',
      [bridge('a'), bridge('b', draining, surelyEmpty), bridge('c', draining, surelyEmpty)],
      wanted(1, 'a', { keep: true, end: new Set(['c']) }),
      [{ do: 'remove', bridges: ['c'] }],
    ],
    [
      'removes what ends besides',
      [bridge('a'), bridge('b', draining, surelyEmpty), bridge('c', draining, surelyEmpty)],
      wanted(1, 'a', { end: new Set(['c']) }),
      [{ do: 'remove', bridges: ['c', 'b'] }],
    ],
    [
      'removes none that is opened again',
      [bridge('a'), bridge('b', draining, surelyEmpty)],
      wanted(1, 'a b'),
      [{ do: 'undrain', bridges: ['b'] }],
    ],
    [
      'removes none that was found empty too few times',
      [bridge('a'), bridge('b', draining, { emptyReads: 2 })],
      wanted(1, 'a'),
      [],
    ],
    [
      'removes none with a conference, though it counts no endpoint',
      [bridge('a'), bridge('b', { ...draining, conferences: 1 }, surelyEmpty)],
      wanted(1, 'a'),
      [],
    ],
    [
      'removes none of which it is not said what it carries',
      [bridge('a'), bridge('b', { ...draining, conferences: undefined }, surelyEmpty)],
      wanted(1, 'a'),
      [],
    ],
    [
      'removes none beside which no other is open',
      [silent('a'), bridge('b', draining, surelyEmpty)],
      wanted(1, 'a'),
      [],
    ],
    [
      'removes none while the only other one is about to drain',
      [bridge('a'), bridge('b', draining, surelyEmpty), bridge('c', draining)],
      wanted(1, 'c'),
      [
        { do: 'undrain', bridges: ['c'] },
        { do: 'drain', bridges: ['a'] },
      ],
    ],
    [
      'replaces one that is surely unable, and drains it',
      [bridge('a'), bridge('b', unable, surelyUnable)],
      wanted(2, 'a', { most: 3 }),
      [
        { do: 'start', count: 1 },
        { do: 'drain', bridges: ['b'] },
      ],
    ],
    [
      'removes it when it is empty, however many there are',
      [bridge('a'), bridge('b', { ...unable, ...draining }, { ...surelyUnable, ...surelyEmpty })],
      wanted(1, 'a'),
      [{ do: 'remove', bridges: ['b'] }],
    ],
    ['waits until it is sure', [bridge('a'), bridge('b', unable, { unableReads: 2 })], wanted(2, 'a b'), []],
  ])('%s', (_what, bridges, decision, changes) => {
    expect(decide(bridges, decision)).toEqual(changes);
  });

  it.each<[string, FollowedBridge[], Record<string, BridgeWord>, object[]]>([
    [
      'drains a bridge',
      [bridge('a'), bridge('b'), bridge('c', people(3))],
      { c: 'drained' },
      [{ do: 'drain', bridges: ['c'] }],
    ],
    [
      'replaces what it took out, where the minimum asks for it',
      [bridge('a'), bridge('b', draining)],
      { b: 'drained' },
      [{ do: 'start', count: 1 }],
    ],
    [
      'keeps it though it is empty',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty)],
      { c: 'drained' },
      [],
    ],
    [
      'removes it when it is empty',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty)],
      { c: 'removed' },
      [{ do: 'remove', bridges: ['c'] }],
    ],
    [
      'does not remove it before',
      [bridge('a'), bridge('b'), bridge('c', { ...draining, ...people(1) })],
      { c: 'removed' },
      [],
    ],
    [
      'cuts it, whatever it carries, read or not',
      [bridge('a', people(9)), silent('b')],
      { a: 'cut', b: 'cut' },
      [{ do: 'remove', bridges: ['a', 'b'] }],
    ],
    [
      'takes a drain back',
      [bridge('a'), bridge('b'), bridge('c', draining, surelyEmpty)],
      { c: 'open' },
      [{ do: 'undrain', bridges: ['c'] }],
    ],
    [
      'is done with when it is open again, or gone',
      [bridge('a'), bridge('b')],
      { b: 'open', c: 'removed' },
      [{ do: 'forget', bridges: ['c', 'b'] }],
    ],
    ['stands while the bridge cannot be read', [bridge('a'), silent('b')], { b: 'open' }, []],
  ])('an operator’s word %s', (_what, bridges, words, decision) => {
    expect(decide(bridges, wanted(2, 'a b'), words)).toEqual(decision);
  });

  it('leaves their number alone where something else decides it, and drains what operators want drained', () => {
    const bridges = [bridge('a'), bridge('b', draining, surelyEmpty)];
    expect(decide(bridges, undefined)).toEqual([]);
    expect(decide(bridges, undefined, { a: 'drained' })).toEqual([{ do: 'drain', bridges: ['a'] }]);
  });
});
