import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BridgeStats } from '../../shards/probes/bridge-stats.ts';
import { type FollowedBridge, followBridge, staleAfterMs, unread } from './follow-bridges.ts';
import { people, said } from './testing/bridge.ts';

const endpoint = { name: 'b', rest: 'http://127.0.0.1:1' };
const failure = { ok: false, severity: 'soft', reason: 'no answer' } as const;

/** The bridge after these reads, 10 s apart; each is of new figures, unless it says when they were measured. */
function bridgeAfter(...reads: (Partial<BridgeStats> | typeof failure)[]): FollowedBridge {
  return reads.reduce<FollowedBridge>(
    (before, read, index) => {
      const answer = 'reason' in read ? failure : said({ measuredAt: `${index}`, ...read });
      return followBridge(before, endpoint, answer, index * 10_000);
    },
    unread(endpoint, false, 0),
  );
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
    [
      1,
      'anew after a restart',
      [empty, { ...empty, conferencesCreated: 4 }, { ...empty, conferencesCreated: 0 }],
    ],
    [0, 'none that does not say', [{ ...empty, conferences: undefined }]],
    [1, 'anew after one that found somebody', [empty, empty, { ...empty, ...people(1) }, empty]],
    [1, 'anew after one that failed', [empty, empty, failure, empty]],
    [
      0,
      'nothing from before a failure on figures that are not new',
      [empty, failure, { ...empty, measuredAt: '0' }],
    ],
  ])('counts %i: %s', (count, _what, reads) => {
    expect(bridgeAfter(...reads).emptyReads).toBe(count);
  });

  it('counts in the same way that it is unable', () => {
    const unable = { able: false };
    expect(bridgeAfter(unable, unable, { ...unable, measuredAt: '1' }).unableReads).toBe(2);
    expect(bridgeAfter(unable, unable, {}).unableReads).toBe(0);
    expect(bridgeAfter(unable, failure).unableReads).toBe(0);
  });

  it('holds the last good figures through reads that fail', () => {
    const read = bridgeAfter({ bitsPerSecond: 5 }, failure, failure);
    expect(read.said.ok).toBe(false);
    expect(read.held).toMatchObject({ stats: { bitsPerSecond: 5 }, readAt: 0 });
  });

  it('knows since when the rates have been the same', () => {
    const busy = { bitsPerSecond: 5 };
    expect(bridgeAfter(busy, busy, failure, busy).held).toMatchObject({ readAt: 30_000, ratesSince: 0 });
    expect(bridgeAfter(busy, { bitsPerSecond: 6 }, busy).held?.ratesSince).toBe(20_000);
  });

  it('takes a bridge for silent whose figures stay the same by its own clock', () => {
    const old = { draining: true, measuredAt: '0' };
    const reads = Math.ceil(staleAfterMs / 10_000);
    expect(bridgeAfter(...Array.from({ length: reads }, () => old)).said.ok).toBe(true);
    const hanging = Array.from({ length: reads + 2 }, () => old);
    expect(bridgeAfter(...hanging)).toMatchObject({
      said: { ok: false },
      emptyReads: 0,
      held: { readAt: 0 },
    });
    expect(bridgeAfter(...hanging, { draining: true, measuredAt: 'x' })).toMatchObject({ emptyReads: 1 });
  });

  it('knows a bridge that starts until it answers', () => {
    const starting = followBridge(unread(endpoint, true, 0), endpoint, failure, 0);
    expect(starting.isStarting).toBe(true);
    expect(followBridge(starting, endpoint, said(), 10_000).isStarting).toBe(false);
  });

  it('counts every restart that its counters show, and never two empty reads across one', () => {
    const lives = fc.array(fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(lives, (grown) => {
        // Each life counts up from nothing; it is known for another only where it begins lower than the last one ended.
        const counters = grown.map((steps) => steps.map((_, index) => sum(steps.slice(0, index + 1))));
        const reads = counters.flat().map((conferencesCreated) => ({ ...empty, conferencesCreated }));
        const drops = counters.flat().filter((count, index, all) => count < (all[index - 1] ?? 0)).length;
        const sinceDrop = counters.flat().findLastIndex((count, index, all) => count < (all[index - 1] ?? 0));
        const after = bridgeAfter(...reads);
        expect(after.restarts).toBe(drops);
        expect(after.emptyReads).toBe(reads.length - Math.max(0, sinceDrop));
      }),
    );
  });
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
