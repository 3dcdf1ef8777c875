import { describe, expect, it } from 'vitest';
import { confirmed, nextSuspicions, type Suspicions } from './confirm-splits.ts';
import type { Split, SplitKind } from './split.ts';

const patience = { looks: 2, graceMs: 100, staleMs: 1_000 };
const split = (kind: SplitKind): Split => ({
  kind,
  room: '/x',
  evidence: [
    { where: 'p1', shard: 'a.1' },
    { where: 'census', shard: 'b.1', participants: 1 },
  ],
});
const none = new Set<string>();
const looks = (kind: SplitKind, ...at: number[]): Suspicions =>
  at.reduce<Suspicions>((before, now) => nextSuspicions(before, [split(kind)], none, now), new Map());
const kindsAt = (suspicions: Suspicions, now: number) =>
  confirmed(suspicions, patience, now).map(({ kind }) => kind);

describe('a suspicion', () => {
  it('is confirmed by enough looks, far enough apart', () => {
    expect(kindsAt(looks('proxy-split', 0), 200)).toEqual([]);
    expect(kindsAt(looks('proxy-split', 0, 50), 50)).toEqual([]);
    expect(kindsAt(looks('proxy-split', 0, 50, 100), 100)).toEqual(['proxy-split']);
  });

  it('takes longer where a room may still be about to end', () => {
    expect(kindsAt(looks('stale', 0, 500), 500)).toEqual([]);
    expect(kindsAt(looks('stale', 0, 500, 1_000), 1_000)).toEqual(['stale']);
  });

  it('starts anew when one look did not show it', () => {
    const dropped = nextSuspicions(looks('missing', 0, 100), [], none, 150);
    expect(dropped.size).toBe(0);
    expect([...nextSuspicions(dropped, [split('missing')], none, 200).values()]).toMatchObject([
      { since: 200, looks: 1 },
    ]);
  });

  it.each(['p1', 'b.1'])('is kept, and no look counted, while %s cannot be read', (where) => {
    const kept = nextSuspicions(looks('missing', 0, 100), [], new Set([where]), 150);
    expect([...kept.values()]).toMatchObject([{ since: 0, looks: 2 }]);
  });
});
