import { describe, expect, it } from 'vitest';
import type { MapChange } from './map-change.ts';
import { planPush } from './plan-push.ts';

const v26 = { major: 2, minor: 6, text: '2.6.12' };
const v32 = { major: 3, minor: 2, text: '3.2.26' };

function mapOf(size: number): Map<string, string> {
  return new Map(Array.from({ length: size }, (_, index) => [`/room-${index}`, 'eu-1.1']));
}

function seats(count: number, value = 'eu-2.1', prefix = '/room-'): MapChange[] {
  return Array.from({ length: count }, (_, index) => ({ map: 'rooms', key: `${prefix}${index}`, value }));
}

describe('planPush', () => {
  it('adds what is missing, sets what differs, deletes what is there and leaves the rest alone', () => {
    const current = new Map([
      ['/a', 'eu-1.1'],
      ['/b', 'eu-1.1'],
      ['/c', 'eu-1.1'],
    ]);
    const changes: MapChange[] = [
      { map: 'rooms', key: '/a', value: 'eu-1.1' },
      { map: 'rooms', key: '/b', value: '?' },
      { map: 'rooms', key: '/c', value: undefined },
      { map: 'rooms', key: '/d', value: 'eu-2.1' },
      { map: 'rooms', key: '/e', value: undefined },
    ];
    expect(planPush('rooms', current, changes, v26)).toEqual({
      map: 'rooms',
      add: [['/d', 'eu-2.1']],
      set: [['/b', '?']],
      delete: ['/c'],
      commit: false,
    });
  });

  it('takes the last change of a key and never adds a key twice', () => {
    const gone: MapChange = { map: 'rooms', key: '/room-0', value: undefined };
    const changes = [...seats(1, 'eu-1.1'), gone, ...seats(1, 'eu-3.1')];
    expect(planPush('rooms', new Map(), changes, v26).add).toEqual([['/room-0', 'eu-3.1']]);
    const nothing = { add: [], set: [], delete: [], commit: false };
    expect(planPush('rooms', new Map(), [...changes, gone], v26)).toMatchObject(nothing);
  });

  it.each([
    ['2.6, additions only', v26, 200_000, seats(5_000, 'eu-2.1', '/new-'), false],
    ['2.6, a few in a small map', v26, 1_000, seats(49), false],
    ['2.6, many in a small map', v26, 1_000, seats(50), true],
    ['2.6, a few in a big map', v26, 100_000, seats(9), false],
    ['2.6, ten in a big map', v26, 100_000, seats(10), true],
    ['3.2, many in a big map', v32, 100_000, seats(5_000), false],
    ['3.2, half of a big map', v32, 100_000, seats(50_000), true],
    ['3.2, all of a tiny map', v32, 100, seats(100), false],
  ])('commits or not: %s', (_, version, size, changes, commit) => {
    expect(planPush('rooms', mapOf(size), changes, version).commit).toBe(commit);
  });
});
