import { describe, expect, it } from 'vitest';
import { readRequest, roomPath } from './read-request.ts';

describe('roomPath', () => {
  it.each(['/half-1', 'acme/board', '/caf%c3%a9'])('is a key, decoded once or twice: %s', (room) => {
    expect(readRequest(roomPath, { room })).toEqual({ room });
    expect(readRequest(roomPath, { room: encodeURIComponent(room) })).toEqual({ room });
  });

  it.each(['half-1', '%', '%2'])('refuses what is no key: %s', (room) => {
    expect(() => readRequest(roomPath, { room })).toThrow(/not a room key/);
  });
});
