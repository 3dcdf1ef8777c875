import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { CensusBook } from '../rooms/census-book.ts';
import { whyStillOut } from './still-out.ts';

const gone = testShard('a', { incarnation: 2, observed: 'down', admitted: false });
const active = { desired: 'active' } as const;

/** Censuses of `incarnation`, each with so many rooms. */
function book(incarnation: string, ...sizes: number[]): CensusBook {
  const censuses = new CensusBook();
  for (const [begunAt, size] of sizes.entries()) {
    const rooms = new Map(Array.from({ length: size }, (_, room) => [`/${room}`, 1] as const));
    censuses.record(incarnation, { begunAt, rooms });
  }
  return censuses;
}

describe('whyStillOut', () => {
  const mirror = new StickTableMirror();

  it('lets a shard back when enough censuses of its new life are empty', () => {
    expect(whyStillOut(gone, active, mirror, book('a.2', 1, 0, 0), 2)).toBeUndefined();
    expect(whyStillOut(gone, active, mirror, book('a.2', 0, 0, 1), 2)).toContain('former life');
    expect(whyStillOut(gone, active, mirror, book('a.2', 0), 2)).toContain('former life');
    expect(whyStillOut(gone, active, mirror, book('a.1', 0, 0), 2)).toContain('former life');
  });

  it('lets nothing back that is going down, draining or being removed', () => {
    const empty = book('a.2', 0, 0);
    const leaving = new StickTableMirror();
    leaving.subjects.set('op1', 'a');
    expect(whyStillOut(gone, active, leaving, empty, 2)).toContain('seated elsewhere');
    expect(whyStillOut(gone, { desired: 'draining' }, mirror, empty, 2)).toContain('forced');
    expect(whyStillOut({ ...gone, removing: true }, active, mirror, empty, 2)).toContain('forced');
  });

  it('has nothing to say of shards that did not go down', () => {
    const none = new CensusBook();
    for (const record of [
      undefined,
      testShard('a'),
      { ...gone, admitted: true },
      { ...gone, removed: true },
    ]) {
      expect(whyStillOut(record, active, mirror, none, 2)).toBeUndefined();
    }
    expect(whyStillOut({ ...gone, observed: 'provisioning' }, active, mirror, none, 2)).toBeUndefined();
  });
});
