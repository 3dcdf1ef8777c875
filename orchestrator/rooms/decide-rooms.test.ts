import { describe, expect, it } from 'vitest';
import type { PlacementState } from '../../haproxy/stick-table/placement.ts';
import type { CensusReading } from './census.ts';
import { decideRooms } from './decide-rooms.ts';

const placed = (state: PlacementState, shard = 'a.1') => ({ shard, state, seatedAt: 0 });
const shows = (...rooms: string[]): CensusReading => ({
  begunAt: 0,
  rooms: new Map(rooms.map((room) => [room, 2])),
});

function decide(
  state: PlacementState,
  fresh: Record<string, CensusReading>,
  absences: Record<string, number> = {},
): ReturnType<typeof decideRooms> {
  return decideRooms({
    rooms: new Map([['/x', placed(state)]]),
    fresh: new Map(Object.entries(fresh)),
    absences: new Map(Object.entries(absences)),
    isKept: () => false,
    lingerAfter: 3,
  });
}

describe('decideRooms', () => {
  it.each(['claimed', 'lingering', 'retiring'] as const)(
    'takes a %s room that is shown for live',
    (state) => {
      expect(decide(state, { 'a.1': shows('/x') }, { '/x': 2 })).toMatchObject({
        observe: new Map([['/x', 'live']]),
        absences: new Map(),
        retire: [],
      });
    },
  );

  it('lets a room linger only after so many censuses in a row without it', () => {
    expect(decide('live', { 'a.1': shows() }, { '/x': 1 }).observe.size).toBe(0);
    expect(decide('live', { 'a.1': shows() }, { '/x': 2 }).observe).toEqual(new Map([['/x', 'lingering']]));
  });

  it('changes nothing when the shard’s census is missing, whatever others say', () => {
    const decision = decide('live', { 'b.1': shows() }, { '/x': 9 });
    expect(decision).toMatchObject({ observe: new Map(), retire: [], absences: new Map([['/x', 9]]) });
    expect(decide('lingering', {}).retire).toEqual([]);
  });

  it('retires a lingering room that is still not shown', () => {
    expect(decide('lingering', { 'a.1': shows() }).retire).toEqual(['/x']);
  });

  it('leaves a retiring room to its operation', () => {
    expect(decide('retiring', { 'a.1': shows() }, { '/x': 9 })).toMatchObject({
      observe: new Map(),
      retire: [],
    });
  });

  it('tells unknown rooms from rooms shown elsewhere', () => {
    const decision = decide('live', { 'a.1': shows('/x', '/new'), 'b.1': shows('/x') });
    expect(decision.unknown).toEqual(new Map([['/new', 'a.1']]));
    expect(decision.elsewhere).toEqual(new Map([['/x', 'b.1']]));
  });
});
