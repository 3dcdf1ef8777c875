import { describe, expect, it } from 'vitest';
import { type DrainView, decideDrain } from './decide-drain.ts';

const now = 1_000;
const busy = { rooms: 2, participants: 5, buckets: 0, drained: false };
const empty = { rooms: 0, participants: 0, buckets: 0, drained: true };
const record = { admitted: true, removing: false, desired: 'draining' } as const;
const going = { ...record, removing: true };
const wish = { desired: 'draining' } as const;

function decide(view: Partial<DrainView>): string {
  return decideDrain({ wish, record, status: busy, inOperation: false, hasHeirs: true, now, ...view }).do;
}

describe('decideDrain', () => {
  it.each<[string, string, Partial<DrainView>]>([
    ['an active shard', 'nothing', { wish: { desired: 'active' }, status: empty }],
    ['a drain without a deadline', 'nothing', {}],
    ['a drain before its deadline', 'nothing', { wish: { ...wish, deadline: now + 1, force: true } }],
    ['a drain at its deadline', 'say-late', { wish: { ...wish, deadline: now } }],
    ['a forced drain at its deadline', 'force-off', { wish: { ...wish, deadline: now, force: true } }],
    ['a drain forced at once', 'force-off', { wish: { ...wish, force: true } }],
    [
      'force before the table knows of it',
      'nothing',
      { wish: { ...wish, force: true }, record: { ...record, desired: 'active' } },
    ],
    ['force while it is forced off', 'nothing', { wish: { ...wish, force: true }, inOperation: true }],
    [
      'force when nobody would take the rooms',
      'nothing',
      { wish: { ...wish, force: true }, hasHeirs: false },
    ],
    ['force when nobody is there', 'nothing', { wish: { ...wish, force: true }, status: empty }],
    [
      'force when it only seems empty',
      'nothing',
      { wish: { ...wish, force: true }, status: { ...empty, drained: false } },
    ],
    [
      'force without a census',
      'force-off',
      { wish: { ...wish, force: true }, status: { ...busy, participants: undefined } },
    ],
    [
      'force when no proxy knows it any more',
      'nothing',
      { wish: { ...wish, force: true }, record: { ...record, admitted: false } },
    ],
    ['a drained shard that stays', 'nothing', { status: empty }],
    [
      'a drained shard that goes',
      'take-out',
      { wish: { ...wish, removing: true }, record: going, status: empty },
    ],
    ['a removal taken back just now', 'nothing', { record: going, status: empty }],
    ['a removal with rooms', 'nothing', { wish: { ...wish, removing: true }, record: going }],
    [
      'a removal of what no proxy knows',
      'take-out',
      { wish: { ...wish, removing: true }, record: { ...going, admitted: false } },
    ],
    [
      'a removal of what the table does not know',
      'delete',
      {
        wish: { ...wish, removing: true },
        record: undefined,
        status: { ...empty, drained: false, participants: undefined },
      },
    ],
    [
      'a removal under way',
      'nothing',
      {
        wish: { ...wish, removing: true },
        record: { ...going, admitted: false },
        status: empty,
        inOperation: true,
      },
    ],
  ])('of %s: %s', (_, expected, view) => expect(decide(view)).toBe(expected));
});
