import { describe, expect, it } from 'vitest';
import type { TableEvent } from '../../haproxy/stick-table/events.ts';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { roomEvent } from './room-event.ts';

const at = '2026-01-02T03:04:05.000Z';
const seat = { room: '/x', shard: 'a.1', state: 'claimed', seatedAt: 0 } as const;
const crowd = Array.from({ length: 25 }, (_, index) => `/${index}`);

describe('roomEvent', () => {
  it.each<[TableEvent, string, string, RegExp]>([
    [{ type: 'seat', payload: seat }, 'room.seat', 'orchestrator', /it is pinned/],
    [{ type: 'seat', payload: { ...seat, by: 'p1' } }, 'room.seat', 'agent p1', /a request claimed it/],
    [
      { type: 'seat', payload: { ...seat, state: 'live' } },
      'room.seat',
      'orchestrator',
      /a census shows it there/,
    ],
    [
      { type: 'observed', payload: { room: '/x', state: 'live' } },
      'room.live',
      'orchestrator',
      /a census shows it/,
    ],
    [
      { type: 'observed', payload: { room: '/x', state: 'lingering' } },
      'room.linger',
      'orchestrator',
      /no longer/,
    ],
    [
      { type: 'tombstone', payload: { operation: 'o', rooms: ['/x'] } },
      'room.retire',
      'orchestrator',
      /every proxy/,
    ],
    [{ type: 'deleted', payload: { rooms: ['/x'] } }, 'room.end', 'orchestrator', /deleted/],
  ])('of %j is %s', (event, action, actor, reason) => {
    expect(roomEvent(event, at)).toMatchObject({ at, action, actor, rooms: ['/x'], outcome: 'ok' });
    expect(roomEvent(event, at)?.reason).toMatch(reason);
  });

  it('leaves what the audit tells to the audit', () => {
    expect(roomEvent({ type: 'shard', payload: testShard('a') }, at)).toBeUndefined();
    expect(roomEvent({ type: 'hold', payload: { operation: 'o', buckets: {} } }, at)).toBeUndefined();
  });

  it('counts a crowd, and picks one room out of it', () => {
    const event: TableEvent = { type: 'deleted', payload: { rooms: crowd } };
    expect(roomEvent(event, at)).toMatchObject({ rooms: crowd.slice(0, 20), leftOut: { rooms: 5 } });
    expect(roomEvent(event, at, '/24')).toMatchObject({ rooms: ['/24'], leftOut: {} });
  });
});
