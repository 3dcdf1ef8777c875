import { describe, expect, it } from 'vitest';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { type KnownOfShard, shownStatus } from './shown-status.ts';

const drain = { rooms: 2, participants: 7, buckets: 0, drained: false };
const base: KnownOfShard = { record: testShard('a'), drain, probed: undefined, refused: undefined };
const of = (over: Parameters<typeof testShard>[1]) => ({ record: testShard('a', over) });

describe('shownStatus', () => {
  it.each<[string, Partial<KnownOfShard>, object]>([
    ['ready', {}, { state: 'ready', reason: 'all probes are well', rooms: 2, participants: 7 }],
    [
      'new',
      { record: undefined, drain: undefined, probed: 'jicofo: 503' },
      { state: 'provisioning', reason: 'jicofo: 503', rooms: undefined },
    ],
    ['ill', of({ observed: 'degraded', reason: 'web: 500' }), { state: 'degraded', reason: 'web: 500' }],
    ['down, though it drains', of({ observed: 'down', desired: 'draining' }), { state: 'down' }],
    ['cordoned', of({ desired: 'cordoned' }), { state: 'cordoned' }],
    ['ill and cordoned', of({ observed: 'degraded', desired: 'cordoned' }), { state: 'degraded' }],
    ['draining', of({ desired: 'draining' }), { state: 'draining', reason: '2 rooms, 7 participants left' }],
    [
      'drained',
      { ...of({ desired: 'draining' }), drain: { ...drain, rooms: 0, participants: 0, drained: true } },
      { state: 'drained', rooms: 0 },
    ],
    ['being taken out', of({ desired: 'draining', removing: true, admitted: false }), { state: 'drained' }],
    ['removed', of({ removed: true }), { state: 'removed', rooms: 0, participants: undefined }],
    [
      'refused',
      { refused: 'BRIDGES: x' },
      { state: 'refused', reason: 'BRIDGES: x; the last good one stands' },
    ],
  ])('a shard that is %s', (_what, over, expected) => {
    expect(shownStatus({ ...base, ...over })).toMatchObject(expected);
  });
});
