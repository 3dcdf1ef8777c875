import { describe, expect, it } from 'vitest';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { bucketCandidates, whyNoNewRooms } from './bucket-candidates.ts';

describe('whyNoNewRooms', () => {
  it.each([
    [{}, undefined],
    [{ removed: true, removing: true }, 'removed'],
    [{ removing: true, desired: 'draining' }, 'its removal was asked for'],
    [{ desired: 'cordoned', observed: 'degraded' }, 'its operator wants it cordoned'],
    [
      { admitted: false, observed: 'provisioning', reason: 'web: refused' },
      'not in service yet: web: refused',
    ],
    [{ admitted: false, reason: '' }, 'not in service yet: ready'],
    [{ observed: 'degraded', reason: 'jicofo: 503' }, 'degraded: jicofo: 503'],
  ] as const)('of %j is %s', (over, reason) => {
    expect(whyNoNewRooms(testShard('a', over))).toBe(reason);
  });
});

describe('bucketCandidates', () => {
  it('says of every shard what it is worth, or why it may have none', () => {
    const shards = [
      testShard('a'),
      testShard('b'),
      testShard('c', { desired: 'draining' }),
      testShard('d', { observed: 'degraded', reason: 'web: refused' }),
    ];
    const found = bucketCandidates({
      shards,
      current: new Map([
        [0, 'a'],
        [1, 'c'],
        [2, 'c'],
      ]),
      headroom: new Map([
        ['a', 30],
        ['b', 10],
      ]),
      known: new Map([
        ['a', 30],
        ['c', 99],
      ]),
      chosen: new Set(['b']),
    });
    expect(found).toEqual([
      { name: 'a', chosen: false, reason: 'eligible: has 1 buckets, its headroom is worth 768' },
      {
        name: 'b',
        chosen: true,
        reason: 'eligible: has 0 buckets, its headroom (unknown, taken for the mean) is worth 256',
      },
      { name: 'c', chosen: false, reason: 'not eligible: its operator wants it draining; has 2 buckets' },
      { name: 'd', chosen: false, reason: 'not eligible: degraded: web: refused; has 0 buckets' },
    ]);
  });
});
