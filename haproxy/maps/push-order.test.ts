import { describe, expect, it } from 'vitest';
import { type MapName, mapNames } from './map-change.ts';
import type { PushPlan } from './plan-push.ts';
import { inPushOrder } from './push-order.ts';

function plan(map: MapName, part: Partial<PushPlan> = {}): PushPlan {
  return { map, add: [['a', 'b']], set: [], delete: [], commit: false, ...part };
}

describe('inPushOrder', () => {
  it('puts rooms before slots before buckets before tenants, however they come', () => {
    const plans = [...mapNames].reverse().map((map) => plan(map));
    expect(inPushOrder(plans).map(({ map }) => map)).toEqual(['rooms', 'slots', 'buckets', 'tenants']);
  });

  it('takes dead slots out before anything else and adds new ones after the rooms', () => {
    const ordered = inPushOrder([plan('buckets'), plan('rooms'), plan('slots', { delete: ['eu-1.7'] })]);
    expect(ordered.map(({ map, add, delete: gone }) => [map, add.length, gone.length])).toEqual([
      ['slots', 0, 1],
      ['rooms', 1, 0],
      ['slots', 1, 0],
      ['buckets', 1, 0],
    ]);
  });

  it('never splits a commit, which would be run twice', () => {
    const ordered = inPushOrder([plan('rooms'), plan('slots', { delete: ['eu-1.7'], commit: true })]);
    expect(ordered.map(({ map, commit }) => [map, commit])).toEqual([
      ['slots', true],
      ['rooms', false],
    ]);
  });
});
