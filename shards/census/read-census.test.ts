import { describe, expect, it } from 'vitest';
import { parseCensus } from './read-census.ts';

const room = { room_name: 'r@muc.meet.jitsi', participants: 2 };

function parse(...rooms: object[]) {
  return parseCensus(JSON.stringify({ room_census: rooms }), 'shard');
}

describe('parseCensus', () => {
  it.each([
    ['a string of milliseconds', '1795231803476', 1_795_231_803_476],
    ['a number of milliseconds', 1_795_231_803_476, 1_795_231_803_476],
    ['a number of seconds', 1_795_231_803, 1_795_231_803_000],
    ['absent', undefined, undefined],
    ['null', null, undefined],
  ])('reads a creation time that is %s', (_, created_time, createdAt) => {
    expect(parse({ ...room, created_time })).toEqual({
      ok: true,
      rooms: [{ jid: 'r@muc.meet.jitsi', participants: 2, createdAt, leaked: false }],
    });
  });

  it('reads an empty census', () => {
    expect(parse()).toEqual({ ok: true, rooms: [] });
  });

  it('counts a room without even the focus as empty', () => {
    expect(parse({ ...room, participants: -1 })).toMatchObject({ rooms: [{ participants: 0 }] });
  });

  it.each([
    ['no JSON', '<html>', /^shard: not JSON/],
    ['another object', '{}', /^shard: not a census.*room_census/s],
    ['an object for the list', '{"room_census":{}}', /^shard: not a census/],
    ['a room without a name', '{"room_census":[{"participants":1}]}', /room_census\[0\].room_name/],
    ['a room without a count', '{"room_census":[{"room_name":"r@m"}]}', /room_census\[0\].participants/],
  ])('takes %s for a failure, not for an empty census', (_, text, reason) => {
    expect(parseCensus(text, 'shard')).toEqual({
      ok: false,
      severity: 'soft',
      reason: expect.stringMatching(reason),
    });
  });
});
