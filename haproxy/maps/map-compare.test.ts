import { describe, expect, it } from 'vitest';
import { changesBetween, compareEntries, toDrift } from './map-compare.ts';

async function* held(...entries: [string, string][]): AsyncGenerator<[string, string]> {
  yield* entries;
}

const expected = new Map([
  ['/a', 'eu-1.1'],
  ['/b', 'eu-1.1'],
  ['/c', '?'],
]);

describe('compareEntries', () => {
  it('finds nothing where nothing differs, in any order', async () => {
    const same = await compareEntries(expected, held(['/c', '?'], ['/a', 'eu-1.1'], ['/b', 'eu-1.1']));
    expect(same).toEqual({ keys: 3, differences: [], doubled: [] });
  });

  it('tells missing, extra and different apart; the first entry of a key counts', async () => {
    const comparison = await compareEntries(
      expected,
      held(['/a', 'eu-2.1'], ['/d', 'eu-1.1'], ['/c', '?'], ['/c', 'eu-9.9'], ['/d', 'eu-1.1']),
    );
    expect(comparison.keys).toBe(3);
    expect(toDrift('rooms', 'runtime', comparison).map(({ key, kind, found }) => [key, kind, found])).toEqual(
      [
        ['/a', 'different', 'eu-2.1'],
        ['/d', 'extra', 'eu-1.1'],
        ['/b', 'missing', undefined],
        ['/c', 'extra', 'eu-9.9'],
        ['/d', 'extra', 'eu-1.1'],
      ],
    );
  });
});

describe('changesBetween', () => {
  it('removes, adds and changes, and nothing else', () => {
    const to = new Map([
      ['/a', 'eu-1.1'],
      ['/b', 'eu-2.1'],
      ['/d', '?'],
    ]);
    expect(changesBetween('rooms', expected, to)).toEqual([
      { map: 'rooms', key: '/c', value: undefined },
      { map: 'rooms', key: '/b', value: 'eu-2.1' },
      { map: 'rooms', key: '/d', value: '?' },
    ]);
  });
});
