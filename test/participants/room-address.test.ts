import { describe, expect, it } from 'vitest';
import { roomKeyOfJid } from '../../haproxy/room-key/jid-room.ts';
import { roomKeyOfRequest } from '../../haproxy/room-key/request-room.ts';
import { configTarget, mucJid, signallingTarget } from './room-address.ts';

describe('the address of a room', () => {
  const room = { tenant: 'acme', name: 'Café & Co' };

  it('is written as browsers write it', () => {
    expect(configTarget(room)).toBe('/acme/config.js?room=Caf%C3%A9%20%26%20Co');
    expect(signallingTarget(room, 'http-bind')).toBe('/acme/http-bind?room=caf%c3%a9%20%26%20co');
    expect(mucJid(room, 'muc.meet.jitsi')).toBe('[acme]caf%c3%a9%20%26%20co@muc.meet.jitsi');
  });

  it('is one room key for usher, however it is written', () => {
    const key = roomKeyOfJid(mucJid(room, 'muc.meet.jitsi'));
    expect(key).toBe('acme/caf%c3%a9%20%26%20co');
    expect(roomKeyOfRequest(configTarget(room))?.key).toBe(key);
    expect(roomKeyOfRequest(signallingTarget(room, 'http-bind'))?.key).toBe(key);
  });

  it('has no tenant when there is none', () => {
    expect(configTarget({ tenant: '', name: 'A' })).toBe('/config.js?room=A');
    expect(mucJid({ tenant: '', name: 'A' }, 'muc.meet.jitsi')).toBe('a@muc.meet.jitsi');
  });
});
