import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import { testShard as shard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { decidePins, isKept } from './decide-pins.ts';

const pins = new Map([['/vip', 'a']]);

function table(over: Partial<ShardRecord> = {}, placed?: string): StickTableMirror {
  const mirror = new StickTableMirror();
  mirror.shards.set('a', shard('a', over));
  mirror.shards.set('b', shard('b'));
  if (placed !== undefined) mirror.rooms.set('/vip', { shard: placed, state: 'lingering', seatedAt: 0 });
  return mirror;
}

const decide = (mirror: StickTableMirror, liveOn?: string) =>
  decidePins({
    pins,
    mirror,
    censuses: new Map(liveOn === undefined ? [] : [[liveOn, { begunAt: 0, rooms: new Map([['/vip', 1]]) }]]),
  });

describe('decidePins', () => {
  it('seats a pinned room that sits nowhere', () => {
    expect(decide(table())).toEqual({ due: new Map([['/vip', 'a.1']]), waiting: new Map() });
  });

  it('has nothing to do for one that sits where it should', () => {
    expect(decide(table({}, 'a.1'), 'a.1')).toEqual({ due: new Map(), waiting: new Map() });
  });

  it('seats it anew when its shard has begun a new life', () => {
    expect(decide(table({ incarnation: 2 }, 'a.1')).due).toEqual(new Map([['/vip', 'a.2']]));
  });

  it.each([
    ['people are in it elsewhere', table({}, 'b.1'), 'b.1', /live on b\.1, and stays/],
    ['people are in it, unknown to the table', table(), 'b.1', /live on b\.1/],
    [
      'it has a seat elsewhere that has not ended',
      table({}, 'b.1'),
      undefined,
      /seated on b\.1 until it ends/,
    ],
    ['its shard is cordoned', table({ desired: 'cordoned' }), undefined, /a takes no new rooms: cordoned/],
    [
      'its shard is unwell',
      table({ observed: 'degraded', reason: 'jicofo: 500' }),
      undefined,
      /degraded jicofo: 500/,
    ],
    ['its shard is gone', table({ removed: true }), undefined, /there is no shard a/],
  ])('waits while %s', (_case, mirror, liveOn, reason) => {
    const { due, waiting } = decide(mirror, liveOn);
    expect(due.size).toBe(0);
    expect(waiting.get('/vip')).toMatch(reason);
  });
});

describe('isKept', () => {
  it.each([
    ['where it should sit', table({}, 'a.1'), true],
    ['on a cordoned shard', table({ desired: 'cordoned' }, 'a.1'), true],
    ['elsewhere', table({}, 'b.1'), false],
    ['on a shard that is to be emptied', table({ desired: 'draining' }, 'a.1'), false],
    ['on a shard that is to be removed', table({ removing: true }, 'a.1'), false],
  ])('a pinned room %s', (_case, mirror, kept) => {
    expect(isKept(pins, mirror, '/vip')).toBe(kept);
    expect(isKept(new Map(), mirror, '/vip')).toBe(false);
  });
});
