import { describe, expect, it } from 'vitest';
import { decideRepairs, type RepairView } from './decide-repairs.ts';
import { adviseSplit, describeSplit } from './describe-split.ts';
import type { ConfirmedSplit, Evidence, SplitKind } from './split.ts';

const split = (kind: SplitKind, ...evidence: Evidence[]): ConfirmedSplit => ({
  kind,
  room: '/x',
  evidence,
  since: 0,
  looks: 2,
});
const census = (shard: string, participants = 1): Evidence => ({ where: 'census', shard, participants });
const table = (shard: string | null): Evidence => ({ where: 'table', shard });

function repairs(splits: ConfirmedSplit[], over: Partial<RepairView> = {}) {
  return decideRepairs({
    splits,
    bucketOf: () => 'main/7',
    preferred: () => ({ name: 'a', incarnation: 'a.1' }),
    moving: false,
    ...over,
  });
}

describe('decideRepairs', () => {
  it('adopts a room that is live where its bucket leads', () => {
    expect(repairs([split('missing', table(null), census('a.1'))])).toMatchObject([
      { do: 'adopt', rooms: [{ room: '/x', bucket: 'main/7', shard: 'a.1' }] },
    ]);
  });

  it('holds the bucket of a room that is live elsewhere, since its census alone may be old', () => {
    const missing = split('missing', table(null), census('b.1'));
    expect(repairs([missing])).toMatchObject([{ do: 'hold', targets: new Map([['main/7', 'a']]) }]);
    expect(repairs([missing], { moving: true })).toEqual([]);
    expect(repairs([missing], { preferred: () => undefined })).toEqual([]);
  });

  it.each(['proxy-split', 'stale', 'missing'] as const)('repairs the proxies that differ: %s', (kind) => {
    const found = split(kind, table('a.1'), { where: 'p1', shard: 'a.1' }, { where: 'p2', shard: 'b.1' });
    expect(repairs([found])).toMatchObject([{ do: 'repair-proxy', proxy: 'p2', rooms: ['/x'] }]);
  });

  it('never moves people who are on two shards, or on one that should not have them', () => {
    expect(repairs([split('shard-split', table('a.1'), census('a.1'), census('b.1'))])).toEqual([]);
    expect(repairs([split('unknown', table('a.1'), census('b.1'))])).toEqual([]);
  });
});

describe('what the operator is told', () => {
  it('names both sides with their participants, and who had better rejoin', () => {
    const found = split('shard-split', table('a.1'), census('a.1', 2), census('b.1', 9));
    expect(describeSplit(found)).toBe(
      '/x (shard-split): table: a.1, census of a.1: 2 participants, census of b.1: 9 participants',
    );
    expect(adviseSplit(found)).toContain('ask those on b.1 to rejoin, and they meet the others on a.1');
    const unseated = split('shard-split', table(null), census('a.1', 2), census('b.1', 9));
    expect(adviseSplit(unseated)).toContain('ask those on a.1 to rejoin');
  });
});
