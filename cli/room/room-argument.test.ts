import { describe, expect, it } from 'vitest';
import { UsageError } from '../../common/errors.ts';
import { roomArgument } from './room-argument.ts';

describe('roomArgument', () => {
  it.each([
    ['stand-up', '/stand-up'],
    ['Stand Up', '/stand%20up'],
    ['/stand-up', '/stand-up'],
    ['acme/Stand Up', 'acme/stand%20up'],
    ['/Acme/Stand Up', 'acme/stand%20up'],
    ['acme/100%', 'acme/100%25'],
    ['acme/what?', 'acme/what%3f'],
    ['acme/stand%20up', 'acme/stand%20up'],
    ['https://meet.example.com/Acme/Stand%20Up', 'acme/stand%20up'],
    ['https://meet.example.com/Acme/StandUp?jwt=x#config.startWithAudioMuted=true', 'acme/standup'],
    ['https://meet.example.com/acme/http-bind?room=Stand%20Up', 'acme/stand%20up'],
    ['wss://meet.example.com/xmpp-websocket?room=solo', '/solo'],
    ['stand-up@muc.meet.jitsi', '/stand-up'],
    ['[acme]stand-up@muc.meet.jitsi/1234', 'acme/stand-up'],
    ['Zoë', '/zo%c3%ab'],
  ])('reads %s as %s', (text, key) => {
    expect(roomArgument(text)).toBe(key);
    expect(roomArgument(key), 'a key stays itself').toBe(key);
  });

  it.each(['', '/', 'acme/', 'https://meet.example.com/', '@muc.meet.jitsi', 'a%00b'])(
    'refuses "%s"',
    (text) => {
      expect(() => roomArgument(text)).toThrow(UsageError);
      expect(() => roomArgument(text)).toThrow(/names no room; expected its URL, TENANT\/NAME/);
    },
  );
});
