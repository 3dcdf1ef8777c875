import { describe, expect, it } from 'vitest';
import type { BridgeStats } from '../../shards/probes/bridge-stats.ts';
import { type FollowedBridge, followBridge } from './follow-bridges.ts';
import { people, said } from './testing/bridge.ts';

const endpoint = { name: 'b', rest: 'http://127.0.0.1:1' };
const failure = { ok: false, severity: 'soft', reason: 'no answer' } as const;

/** The bridge after these reads; each is of new figures, unless it says when they were measured. */
function bridgeAfter(...reads: (Partial<BridgeStats> | typeof failure)[]): FollowedBridge | undefined {
  return reads.reduce<FollowedBridge | undefined>((before, read, index) => {
    const answer = 'reason' in read ? failure : said({ measuredAt: `${index}`, ...read });
    return followBridge(before, endpoint, answer);
  }, undefined);
}

const empty = { draining: true };

describe('followBridge', () => {
  it.each<[number, string, Parameters<typeof bridgeAfter>]>([
    [3, 'reads in a row that find it empty', [empty, empty, empty]],
    [1, 'only reads of new figures', [empty, { ...empty, measuredAt: '0' }, { ...empty, measuredAt: '0' }]],
    [0, 'no reads whose age is not known', [{ ...empty, measuredAt: undefined }]],
    [0, 'none of a bridge that does not drain', [{}, {}, {}]],
    [0, 'none with people on it', [{ ...empty, ...people(2) }]],
    [0, 'none with a conference that nobody is in yet', [{ ...empty, conferences: 1 }]],
    [0, 'none that does not say', [{ ...empty, conferences: undefined }]],
    [1, 'anew after one that found somebody', [empty, empty, { ...empty, ...people(1) }, empty]],
    [1, 'anew after one that failed', [empty, empty, failure, empty]],
    [
      0,
      'nothing from before a failure on figures that are not new',
      [empty, failure, { ...empty, measuredAt: '0' }],
    ],
  ])('counts %i: %s', (count, _what, reads) => {
    expect(bridgeAfter(...reads)?.emptyReads).toBe(count);
  });

  it('counts in the same way that it is unable', () => {
    const unable = { able: false };
    expect(bridgeAfter(unable, unable, { ...unable, measuredAt: '1' })?.unableReads).toBe(2);
    expect(bridgeAfter(unable, unable, {})?.unableReads).toBe(0);
    expect(bridgeAfter(unable, failure)?.unableReads).toBe(0);
  });
});
