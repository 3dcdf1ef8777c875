import { describe, expect, it } from 'vitest';
import { findNear } from './find-near.ts';
import { signallingSettings } from './settings.ts';
import { loadOf, signallingLimits, signallingOf } from './signalling.ts';

describe('signallingLimits', () => {
  it.each([
    ['by the fleet', {}, {}, { participants: 1_000, websockets: 1_500 }],
    ['with websockets of its own', {}, { websockets: 1_200 }, { participants: 1_000, websockets: 1_200 }],
    ['by the shard', { signallingParticipants: 400 }, {}, { participants: 400, websockets: 600 }],
    [
      'by the shard, websockets in the fleet’s proportion',
      { signallingParticipants: 500 },
      { participants: 1_000, websockets: 1_200 },
      { participants: 500, websockets: 600 },
    ],
  ])('are %s', (_, spec, settings, expected) => {
    expect(signallingLimits(spec, signallingSettings.parse(settings))).toEqual(expected);
  });
});

describe('signallingOf', () => {
  const limits = { participants: 1_000, websockets: 1_500 };
  it.each([
    ['participants', 800, 900, 0.8, 800],
    ['websockets where these are nearer', 300, 1_200, 0.8, 800],
    ['participants alone while a proxy does not say', 800, undefined, 0.8, 800],
    ['nothing without a census', undefined, 1_200, undefined, undefined],
    ['nobody', 0, 0, 0, 0],
  ])('goes by %s', (_, participants, websockets, ratio, load) => {
    const signalling = signallingOf(participants, websockets, limits);
    expect([signalling.ratio, loadOf(signalling)]).toEqual([ratio, load]);
  });
});

describe('findNear', () => {
  const at = (participants: number | undefined) =>
    signallingOf(participants, undefined, { participants: 100, websockets: 150 });
  it('says once who is about there, and holds while it is not known', () => {
    let before = findNear(new Map(), 0.8, new Map());
    const seen = [79, 80, 79, 76, undefined, 76, 74, 79].map((people) => {
      before = findNear(new Map([['eu-1', at(people)]]), 0.8, before);
      return before.get('eu-1')?.isNear;
    });
    expect(seen).toEqual([false, true, true, true, true, true, false, false]);
  });
});
