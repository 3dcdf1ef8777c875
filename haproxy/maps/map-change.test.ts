import { describe, expect, it } from 'vitest';
import { UsageError } from '../../common/errors.ts';
import { checkChange } from './map-change.ts';

describe('checkChange', () => {
  it.each([
    ['a/b', 'eu-1.7'],
    ['/room', '?'],
    ['tenant/caf%c3%a9~x._-', '!eu-1.7'],
    ['main/1023', undefined],
  ])('lets %j -> %j pass', (key, value) => {
    expect(() => checkChange({ map: 'rooms', key, value })).not.toThrow();
  });

  it.each([
    ['', 'eu-1.7'],
    ['a b', 'eu-1.7'],
    ['a\nshow info', 'eu-1.7'],
    ['a;clear map x', 'eu-1.7'],
    ['a\\', 'eu-1.7'],
    ['#1', 'eu-1.7'],
    ['<<', 'eu-1.7'],
    ['Room', 'eu-1.7'],
    ['caf\u00e9', 'eu-1.7'],
    ['x'.repeat(1025), 'eu-1.7'],
    ['a', ''],
    ['a', 'eu 1'],
    ['a', 'eu-1.7\n'],
    ['a\n', undefined],
  ])('refuses %j -> %j and names the map', (key, value) => {
    expect(() => checkChange({ map: 'rooms', key, value })).toThrow(UsageError);
    expect(() => checkChange({ map: 'rooms', key, value })).toThrow(/rooms map/);
  });
});
