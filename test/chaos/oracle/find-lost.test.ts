import { expect, it } from 'vitest';
import { findLost } from './find-lost.ts';

it('finds live rooms that the table does not have, or has elsewhere', () => {
  const live = new Map([
    ['/kept', 'x'],
    ['/gone', 'x'],
    ['/elsewhere', 'x'],
  ]);
  const table = new Map([
    ['/kept', 'x'],
    ['/elsewhere', 'y'],
    ['/ended', 'x'],
  ]);
  expect(findLost(live, table)).toEqual([
    { room: '/gone', shard: 'x', table: undefined },
    { room: '/elsewhere', shard: 'x', table: 'y' },
  ]);
});
