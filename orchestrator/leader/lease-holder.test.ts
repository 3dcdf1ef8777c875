import { describe, expect, it } from 'vitest';
import { UsherError } from '../../common/errors.ts';
import { holderIdentity, leaderFrom } from './lease-holder.ts';

describe('leaderFrom', () => {
  it.each([
    { name: 'orchestrator-6d5f-x2x7k', api: '10.244.1.7:8700' },
    { name: 'orchestrator.1', api: '[fd00::7]:8700' },
  ])('reads what holderIdentity wrote: $name at $api', (leader) => {
    expect(leaderFrom(holderIdentity(leader), 'the Lease')).toEqual(leader);
  });

  it.each(['controller-manager', 'node-1_0f9a3c', ''])('refuses %j', (identity) => {
    expect(() => leaderFrom(identity, 'the Lease usher/usher-leader')).toThrow(UsherError);
  });
});
