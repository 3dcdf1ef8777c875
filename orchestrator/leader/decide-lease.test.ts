import { describe, expect, it } from 'vitest';
import { decideLease } from './decide-lease.ts';
import { lease, microTime, tokenOf } from './lease.ts';

const leaseOf = (spec?: object) => lease.parse({ metadata: { resourceVersion: '1' }, ...(spec && { spec }) });
const held = { holderIdentity: 'pod-1_10.0.0.1:8700', leaseDurationSeconds: 8 };
/** Long past by any clock. */
const renewTime = '2020-01-01T00:00:00.000000Z';

describe('decideLease', () => {
  it.each<[string, object | undefined, number, boolean, string]>([
    ['seen for the first time, whatever time it tells', { ...held, renewTime }, 0, false, 'pod-1'],
    ['just not lapsed', held, 7_999, false, 'holds it'],
    ['lapsed', held, 8_000, true, 'has not renewed it for 8000 ms'],
    ['lapsed, by what its holder promised', { ...held, leaseDurationSeconds: 60 }, 30_000, false, 'holds it'],
    ['held by somebody who says nothing of how long', { holderIdentity: 'who' }, 2_999, false, 'who'],
    ['the same, for as long as one of ours', { holderIdentity: 'who' }, 3_000, true, 'who'],
    ['given back', { ...held, holderIdentity: '' }, 0, true, 'given back'],
    ['made by a person, empty', undefined, 0, true, 'given back'],
  ])('%s', (_, spec, unchangedMs, free, reason) => {
    const verdict = decideLease(leaseOf(spec), unchangedMs, 3_000);
    expect(verdict).toEqual({ free, reason: expect.stringContaining(reason) });
  });

  it('takes one that is not there', () => {
    expect(decideLease(undefined, 0, 3_000).free).toBe(true);
  });
});

describe('tokenOf', () => {
  it('is the time of acquisition, and 0 where none is told', () => {
    const now = 1_795_000_000_123;
    expect(tokenOf(leaseOf({ ...held, acquireTime: microTime(now) }))).toBe(now);
    expect(tokenOf(leaseOf())).toBe(0);
  });
});
