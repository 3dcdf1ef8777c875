import { describe, expect, it } from 'vitest';
import { shardSpec } from '../../shards/spec/schema.ts';
import { nextName } from './next-name.ts';
import type { Upgrade } from './schema.ts';
import { isoOf, onTrial, resumed, rolledBack } from './turns.ts';
import type { UpgradeShard } from './upgrade-view.ts';

const at = isoOf(0);
const upgrade: Upgrade = {
  imageTag: 'v2',
  canary: 10,
  surge: 3,
  bakeMs: 0,
  readyWithinMs: 1_000,
  state: 'stopped',
  reason: 'b-2 is ill',
  shards: [
    { old: 'a-1', from: 'v1', to: 'v2', new: 'a-2', addedAt: at, readyAt: at },
    { old: 'b-1', from: 'v1', to: 'v2', new: 'b-2', addedAt: at, readyAt: at },
    { old: 'c-1', to: 'v2', new: 'c-2', addedAt: at, readyAt: at },
    { old: 'd-1', from: 'v1', to: 'v2', new: 'd-2', addedAt: at, readyAt: at },
    { old: 'e-1', from: 'v1', to: 'v2' },
  ],
};

// a-1 and c-1 are gone, b-1 is not; d-2 was removed by hand.
const shards = new Map(
  ['a-2', 'b-1', 'b-2', 'c-2', 'd-1', 'e-1'].map((name): [string, UpgradeShard] => [
    name,
    {
      spec: shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 1 } }),
      record: undefined,
      buckets: 0,
      rooms: 0,
      participants: 0,
      censusIsFresh: true,
    },
  ]),
);

describe('turns of an upgrade', () => {
  it('resumed: trials begin anew, and what is gone is added again', () => {
    const { state, shards: again } = resumed(upgrade, shards, 5);
    expect(state).toBe('running');
    expect(again).toEqual([
      upgrade.shards[0],
      { old: 'b-1', from: 'v1', to: 'v2', new: 'b-2', addedAt: isoOf(5) },
      upgrade.shards[2],
      { old: 'd-1', from: 'v1', to: 'v2' },
      { old: 'e-1', from: 'v1', to: 'v2' },
    ]);
  });

  it('rolled back: what is under way is taken back, and what is gone comes again by the same steps', () => {
    const { rollback, shards: back } = rolledBack(upgrade, shards);
    expect(rollback).toBe(true);
    expect(back).toEqual([
      { old: 'a-2', from: 'v2', to: 'v1' },
      { ...upgrade.shards[1], back: true },
      { old: 'c-2', from: 'v2', to: undefined },
    ]);
  });

  it('on trial are new shards whose old ones do not drain yet', () => {
    expect(onTrial(upgrade, shards)).toEqual(['b-2']);
  });
});

describe('nextName', () => {
  it.each([
    ['eu-1', ['eu-1', 'eu-2', 'eu-x', 'us-9'], 'eu-3'],
    ['eu-1', ['eu-1', 'eu-west-7'], 'eu-2'],
    ['big', ['big'], 'big-2'],
    ['big', ['big', 'big-2'], 'big-3'],
  ])('after %s', (name, taken, next) => expect(nextName(name, taken)).toBe(next));
});
