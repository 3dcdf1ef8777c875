import { describe, expect, it } from 'vitest';
import { shardSpec } from '../../shards/spec/schema.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import type { Replacement, Upgrade } from './schema.ts';
import { isoOf } from './turns.ts';
import type { UpgradeShard, UpgradeView } from './upgrade-view.ts';

const now = Date.UTC(2030, 0, 1);
const base: Upgrade = {
  imageTag: 'v2',
  canary: 10,
  surge: 1,
  bakeMs: 60_000,
  readyWithinMs: 30_000,
  state: 'running',
  reason: '',
  shards: [],
};

interface Facts extends Partial<Omit<UpgradeShard, 'spec'>> {
  spec?: object;
}

function shard(name: string, { spec = {}, ...facts }: Facts = {}): [string, UpgradeShard] {
  const parsed = shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 2 }, ...spec });
  const record = { observed: 'ready', reason: '', admitted: true } as const;
  return [
    name,
    { spec: parsed, record, buckets: 512, rooms: 2, participants: 5, censusIsFresh: true, ...facts },
  ];
}

function decide(
  shards: [string, UpgradeShard][],
  replacement: Partial<Replacement>,
  over: Partial<Upgrade> = {},
  canAdd = true,
) {
  const first = { old: 'a-1', to: 'v2', ...replacement };
  const upgrade = { ...base, shards: [first], ...over };
  return decideUpgrade({ upgrade, shards: new Map(shards), canAdd, now } satisfies UpgradeView);
}

const old = shard('a-1');
const going = shard('a-1', { spec: { desired: 'draining', removing: true } });
const fresh = (facts: Facts = {}) => shard('a-2', { ...facts, spec: { weight: 10, ...facts.spec } });
const ill = { observed: 'degraded', reason: 'jicofo: 500', admitted: true } as const;
const starting = { observed: 'provisioning', reason: 'no bridge', admitted: false } as const;
const added = { new: 'a-2', addedAt: isoOf(now - 1_000) };
const tried = { ...added, readyAt: isoOf(now - 60_000) };

describe('decideUpgrade', () => {
  it.each<[string, [string, UpgradeShard][], Partial<Replacement>, object]>([
    ['adds a shard', [old], {}, { do: 'add', old: 'a-1' }],
    ['adds it again when it was named, but not written', [old], added, { do: 'add', old: 'a-1' }],
    ['has nothing to replace', [], {}, { do: 'done' }],
    [
      'waits while it starts',
      [old, fresh({ record: starting })],
      added,
      { do: 'wait', reason: 'a-2 starts: no bridge' },
    ],
    ['waits for its record', [old, fresh({ record: undefined })], added, { do: 'wait' }],
    ['waits for its buckets', [old, fresh({ buckets: 0 })], added, { do: 'wait' }],
    ['begins the trial', [old, fresh()], added, { do: 'begin-trial', old: 'a-1' }],
    [
      'begins that of a shard without new rooms',
      [old, fresh({ buckets: 0, spec: { weight: 0 } })],
      added,
      { do: 'begin-trial' },
    ],
    [
      'stops when it is not ready in time',
      [old, fresh({ record: starting })],
      { ...added, addedAt: isoOf(now - 30_001) },
      { do: 'stop', shard: 'a-2', reason: 'a-2 was not ready within 30 s: no bridge' },
    ],
    [
      'lets the trial last',
      [old, fresh()],
      { ...tried, readyAt: isoOf(now - 59_000) },
      { do: 'wait', reason: 'a-2 is on trial, 1 s to go' },
    ],
    [
      'stops when it falls ill',
      [old, fresh({ record: ill })],
      tried,
      { do: 'stop', shard: 'a-2', reason: 'a-2 is degraded: jicofo: 500' },
    ],
    ['stops when it vanishes', [old], tried, { do: 'stop', shard: 'a-2' }],
    ['holds without a record', [old, fresh({ record: undefined })], tried, { do: 'wait' }],
    ['holds without a census', [old, fresh({ censusIsFresh: false })], tried, { do: 'wait' }],
    [
      'heeds a cordon',
      [old, fresh({ spec: { desired: 'cordoned' } })],
      tried,
      { do: 'wait', reason: 'a-2 is cordoned: uncordon it, or roll back' },
    ],
    ['gives it its full share', [old, fresh()], tried, { do: 'weigh', shard: 'a-2', weight: 100 }],
    [
      'then drains the old one',
      [old, fresh({ spec: { weight: 100 } })],
      tried,
      { do: 'remove', shard: 'a-1' },
    ],
    [
      'keeps a share that a person set',
      [old, fresh({ spec: { weight: 70 } })],
      tried,
      { do: 'remove', shard: 'a-1' },
    ],
    [
      'waits for its rooms',
      [going, fresh({ spec: { weight: 100 } })],
      tried,
      { do: 'wait', reason: 'a-1 drains: 2 rooms, 5 participants left' },
    ],
    [
      'stops when the new one falls ill then',
      [going, fresh({ record: ill })],
      tried,
      { do: 'stop', shard: 'a-2' },
    ],
    ['is done when the old one is gone', [fresh()], tried, { do: 'done' }],
    [
      'back: gives the old one rooms again',
      [going, fresh()],
      { ...tried, back: true },
      { do: 'activate', shard: 'a-1' },
    ],
    [
      'back: waits until it has some',
      [shard('a-1', { buckets: 0 }), fresh()],
      { ...tried, back: true },
      { do: 'wait' },
    ],
    [
      'back: removes the new one',
      [old, fresh({ record: ill })],
      { ...tried, back: true },
      { do: 'remove', shard: 'a-2' },
    ],
    [
      'back: does not wait for a cordoned one',
      [shard('a-1', { buckets: 0, spec: { desired: 'cordoned' } }), fresh()],
      { ...tried, back: true },
      { do: 'remove', shard: 'a-2' },
    ],
    [
      'back: waits for the new one to end',
      [old, fresh({ spec: { desired: 'draining', removing: true } })],
      { ...tried, back: true },
      { do: 'wait' },
    ],
    ['back: is done when it is gone', [old], { ...tried, back: true }, { do: 'done' }],
    [
      'back: keeps the new one when the old one could not stay',
      [fresh()],
      { ...tried, back: true },
      { do: 'done' },
    ],
  ])('%s', (_, shards, replacement, expected) => {
    expect(decide(shards, replacement)).toMatchObject(expected);
  });

  it('where it cannot add shards, names one, waits until it is applied, and counts from then', () => {
    const decideThere = (shards: [string, UpgradeShard][], replacement: Partial<Replacement>) =>
      decide(shards, replacement, {}, false);
    expect(decideThere([old], {})).toMatchObject({ do: 'add', old: 'a-1' });
    expect(decideThere([old], { new: 'a-2' })).toMatchObject({
      do: 'wait',
      reason: expect.stringMatching(
        /^a-2 waits to be applied: a copy of a-1 with SHARD=a-2 and IMAGE_TAG=v2$/,
      ),
    });
    const starts = fresh({ record: starting });
    expect(decideThere([old, starts], { new: 'a-2' })).toEqual({
      do: 'appear',
      old: 'a-1',
      reason: 'a-2 was applied',
    });
    expect(decideThere([old, starts], added)).toMatchObject({ do: 'wait' });
    const late = { ...added, addedAt: isoOf(now - 30_001) };
    expect(decideThere([old, starts], late)).toMatchObject({ do: 'stop' });
    // One that is awaited takes its place among those under way.
    const shards = [{ old: 'a-1', new: 'a-2' }, { old: 'b-1' }];
    expect(decide([old, shard('b-1')], {}, { shards }, false)).toMatchObject({ do: 'wait' });
    expect(decide([old, shard('b-1')], {}, { shards, surge: 2 }, false)).toMatchObject({
      do: 'add',
      old: 'b-1',
    });
  });

  it('does nothing while it is paused, stopped or done', () => {
    for (const state of ['paused', 'stopped', 'done'] as const) {
      expect(decide([old], {}, { state, reason: 'why' })).toEqual({ do: 'wait', reason: `${state}: why` });
    }
  });

  it('adds as many at a time as it may, and stops before all else', () => {
    const shards = [{ old: 'a-1', ...tried }, { old: 'b-1' }, { old: 'c-1' }];
    const all = [going, fresh(), shard('b-1'), shard('c-1')];
    expect(decide(all, {}, { shards })).toMatchObject({ do: 'wait' });
    expect(decide(all, {}, { shards, surge: 2 })).toMatchObject({ do: 'add', old: 'b-1' });
    const unwell = [going, fresh({ record: ill }), shard('b-1'), shard('c-1')];
    expect(decide(unwell, {}, { shards: shards.toReversed(), surge: 3 })).toMatchObject({
      do: 'stop',
      shard: 'a-2',
    });
  });
});
