import { describe, expect, it } from 'vitest';
import { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { describeRooms, roomsOn } from './rooms-on.ts';

const shown = (...rooms: [string, number][]) => new Map([['a.1', { begunAt: 1, rooms: new Map(rooms) }]]);

describe('roomsOn', () => {
  it('counts who is there by the census, and who was just seated; nobody who is about to end', () => {
    const mirror = new StickTableMirror();
    const place = (room: string, shard: string, state: 'claimed' | 'live' | 'lingering') =>
      mirror.rooms.set(room, { shard, state, seatedAt: 0 });
    place('/new', 'a.1', 'claimed');
    place('/old', 'a.1', 'live');
    place('/ends', 'a.1', 'lingering');
    place('/elsewhere', 'b.1', 'live');
    const found = roomsOn(mirror, shown(['/unknown', 1], ['/old', 3]), 'a.1');
    expect([...found.rooms]).toEqual([
      ['/old', 3],
      ['/unknown', 1],
      ['/new', 0],
    ]);
    expect(describeRooms(found)).toBe('3 rooms with 4 participants: /old (3), /unknown (1), /new (0)');
  });

  it('takes nobody for absent whose shard has told nothing', () => {
    const mirror = new StickTableMirror();
    mirror.rooms.set('/live', { shard: 'a.1', state: 'live', seatedAt: 0 });
    const found = roomsOn(mirror, new Map(), 'a.1');
    expect(describeRooms(found)).toBe('1 room with an unknown number of participants: /live');
  });

  it('names ten rooms', () => {
    const rooms = Array.from({ length: 12 }, (_, index): [string, number] => [`/r${index}`, 1]);
    expect(describeRooms(roomsOn(new StickTableMirror(), shown(...rooms), 'a.1'))).toMatch(
      /^12 rooms with 12 participants: \/r0 \(1\), .*\/r9 \(1\) and 2 more$/,
    );
  });
});
