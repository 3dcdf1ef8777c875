import { describe, expect, it } from 'vitest';
import { shard } from '../testing/samples.ts';
import { describeProgress } from './describe-progress.ts';

const other = shard('eu-2');

describe('describeProgress', () => {
  it.each([
    [
      'a start',
      shard('eu-1', { observed: 'provisioning', reason: 'no bridge' }),
      other,
      'eu-1: provisioning: 2 rooms, 7 participants, 512 buckets (no bridge)',
    ],
    [
      'a drain',
      shard('eu-1', { desired: 'draining', rooms: 1, participants: 1, buckets: 0 }),
      other,
      'eu-1: draining: 1 room left, 1 participant left, 0 buckets left',
    ],
    [
      'a removal',
      shard('eu-1', { desired: 'draining', removing: true, participants: null }),
      other,
      'eu-1: removing: 2 rooms left, participants unknown, 512 buckets left',
    ],
    [
      'a drain with a deadline',
      shard('eu-1', {
        desired: 'draining',
        buckets: 0,
        deadline: new Date(Date.now() + 7_230_000).toISOString(),
      }),
      other,
      'eu-1: draining: 2 rooms left, 7 participants left, 0 buckets left, 2h to its deadline',
    ],
    [
      'a drain past its deadline',
      shard('eu-1', {
        desired: 'draining',
        buckets: 0,
        deadline: new Date(Date.now() - 300_000).toISOString(),
      }),
      other,
      'eu-1: draining: 2 rooms left, 7 participants left, 0 buckets left, 5m past its deadline',
    ],
    [
      'the last shard',
      shard('eu-1', { desired: 'cordoned' }),
      shard('eu-2', { pool: 'big' }),
      'eu-1: cordoned: 2 rooms left, 7 participants left, 512 buckets left (no other shard of pool main takes new rooms)',
    ],
  ])('tells of %s', (_, one, two, text) => expect(describeProgress('eu-1', [one, two])).toBe(text));

  it('tells of a shard that is not there', () => {
    expect(describeProgress('eu-1', [other])).toBe('eu-1: not there');
  });
});
