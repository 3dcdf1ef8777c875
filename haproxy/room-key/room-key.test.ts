import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomKeyOfJid } from './jid-room.ts';
import { roomKeyOfRequest } from './request-room.ts';
import { bucketOf, canonicalTenant, isRoomKey, tenantOf } from './room-key.ts';

const longName = 'Long'.repeat(51);
const longHash = createHash('sha256').update(longName.toLowerCase()).digest('hex');

describe('roomKeyOfRequest', () => {
  it.each([
    ['/http-bind?room=Daily', '/daily', true],
    ['/xmpp-websocket?token=1&room=Daily&room=other', '/daily', true],
    ['/Acme/conference-request/v1?room=daily', 'acme/daily', true],
    ['/acme/config.js?x;room=daily', 'acme/daily', true],
    ['https://meet.example/acme/http-bind?room=daily', 'acme/daily', true],
    ['/acme.org/http-bind?room=daily', 'acme_org/daily', true],
    ['/a/b/http-bind?room=daily', 'a%2fb/daily', true],
    ['/http-bind?room=Caf%C3%A9', '/caf%c3%a9', true],
    ['/http-bind?room=caf%25C3%25A9', '/caf%c3%a9', true],
    ['/http-bind?room=my+room', '/my%20room', true],
    ['/http-bind?room=my%2Broom', '/my%20room', true],
    ['/http-bind?room=100%', '/100%25', true],
    ['/http-bind?room=100%25', '/100%25', true],
    ['/http-bind?room=a%0Ab%3Bc', '/a%0ab%3bc', true],
    ['/http-bind?room=%ff', '/%ff', true],
    [`/http-bind?room=${longName}`, `/sha256-${longHash}`, true],
    ['/Daily', '/daily', false],
    ['/acme/Daily?room=other', 'acme/daily', false],
    ['/HTTP-BIND?room=other', '/http-bind', false],
  ])('finds in %s the room %s', (target, key, signalling) => {
    expect(roomKeyOfRequest(target)).toMatchObject({ key, signalling });
  });

  it.each([
    '/http-bind',
    '/http-bind?room=',
    '/http-bind?Room=x',
    '/http-bind?room=&room=x',
    '/',
    '/acme/',
    '*',
    '/http-bind?room=a%00',
    '/http-bind?room=a%2500',
    '/http-bind?room=a&x=%00',
  ])('finds no room in %s', (target) => {
    expect(roomKeyOfRequest(target)).toBeUndefined();
  });
});

describe('roomKeyOfJid', () => {
  it.each([
    ['daily@conference.meet.example', '/daily'],
    ['Daily@conference.meet.example/nick@host', '/daily'],
    ['[acme]daily@conference.meet.example', 'acme/daily'],
    ['[acme_org]caf%c3%a9@conference.meet.example', 'acme_org/caf%c3%a9'],
    ['café@conference.meet.example', '/caf%c3%a9'],
    ['100%25@conference.meet.example', '/100%25'],
  ])('makes of %s the key %s', (jid, key) => {
    expect(roomKeyOfJid(jid)).toBe(key);
  });

  it.each([
    'daily',
    '@conference.meet.example',
    '[acme]@conference',
    'a%00@conference',
    'a\0@conference',
    '',
  ])('makes no key of %j', (jid) => {
    expect(roomKeyOfJid(jid)).toBeUndefined();
  });

  it('agrees with every request of the room, however its client encodes it', () => {
    // With a percent sign in its own name a room looks encoded once more than it is.
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((one) => !/[%\0]/.test(one));
    fc.assert(
      fc.property(name, (room) => {
        const inJid = jitsiRoomName(room);
        const key = roomKeyOfJid(`[acme]${inJid}@conference.meet.example`);
        expect(key).toBeDefined();
        for (const encoded of [inJid, inJid.toUpperCase(), encodeURIComponent(inJid)]) {
          expect(roomKeyOfRequest(`/acme/http-bind?room=${encoded}`)?.key).toBe(key);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('isRoomKey', () => {
  it.each(['/daily', 'acme/daily', 'a%2fb/100%25', `/sha256-${longHash}`, '/a%2525'])('takes %s', (key) => {
    expect(isRoomKey(key)).toBe(true);
  });

  it.each([
    '',
    'daily',
    '/',
    'acme/',
    '/a/b',
    '/Daily',
    '/a b',
    '/a+b',
    '/%41',
    '/%2F',
    '/a%',
    '/%00',
    'a.b/c',
    '?',
  ])('refuses %j', (text) => {
    expect(isRoomKey(text)).toBe(false);
  });

  it('refuses a name that should have been hashed', () => {
    expect(isRoomKey(`/${'a'.repeat(200)}`)).toBe(true);
    expect(isRoomKey(`/${'a'.repeat(201)}`)).toBe(false);
  });
});

describe('tenants and buckets', () => {
  it('takes the tenant out of a key', () => {
    expect(tenantOf('acme/daily')).toBe('acme');
    expect(tenantOf('/daily')).toBe('');
  });

  it('writes a tenant as keys and tenants.map have it', () => {
    expect(canonicalTenant('Acme.org')).toBe('acme_org');
    expect(canonicalTenant('a/b')).toBe('a%2fb');
    expect(canonicalTenant('a%00')).toBeUndefined();
  });

  it('gives a bucket by CRC-32 (check value of "123456789": cbf43926)', () => {
    expect(bucketOf('123456789')).toBe(0xcbf43926 % 1024);
  });
});

/** A room's name in its JID, by what Jitsi Meet does to it: normal form, lower case, percent-encoding, lower case. */
function jitsiRoomName(room: string): string {
  return encodeURIComponent(room.normalize('NFKC').toLowerCase()).toLowerCase();
}
