import { type Element, xml } from '@xmpp/client';
import type { XmppSession } from './xmpp-session.ts';

const muc = 'http://jabber.org/protocol/muc';
const mucUser = 'http://jabber.org/protocol/muc#user';
const joinTimeoutMs = 10_000;

/** One presence of a room's occupant (XEP-0045). */
export interface MucPresence {
  /** Bare JID of the room. */
  room: string;
  nick: string;
  /** Full JID of the occupant, `room/nick`. */
  from: string;
  kind: 'available' | 'unavailable' | 'error';
  /** True for the presence of the session itself (status 110). */
  self: boolean;
  stanza: Element;
}

/** Undefined for whatever is not a presence from a room's occupant. */
export function parseMucPresence(stanza: Element): MucPresence | undefined {
  const from = stanza.attrs.from ?? '';
  const slash = from.indexOf('/');
  if (stanza.name !== 'presence' || slash < 0) return undefined;
  const type = stanza.attrs.type;
  if (type !== undefined && type !== 'unavailable' && type !== 'error') return undefined;
  const codes =
    stanza
      .getChild('x', mucUser)
      ?.getChildren('status')
      .map((status) => status.attrs.code) ?? [];
  return {
    room: from.slice(0, slash),
    nick: from.slice(slash + 1),
    from,
    kind: type ?? 'available',
    self: codes.includes('110'),
    stanza,
  };
}

/** The presence that joins a room, and later ones that update it (`joining` false). */
export function roomPresence(
  occupant: string,
  joining: boolean,
  extensions: readonly Element[] = [],
): Element {
  const join = joining ? [xml('x', { xmlns: muc }, xml('history', { maxstanzas: '0' }))] : [];
  return xml('presence', { to: occupant }, ...join, ...extensions);
}

/**
 * Joins a room and resolves when the server has sent all occupants and our own presence.
 * Rejects when the room refuses, the stream ends, or after 10 s.
 */
export async function joinRoom(
  session: XmppSession,
  room: string,
  nick: string,
  extensions: readonly Element[] = [],
): Promise<void> {
  const occupant = `${room}/${nick}`;
  const answer = Promise.withResolvers<void>();
  const bound = AbortSignal.any([session.closed, AbortSignal.timeout(joinTimeoutMs)]);
  const giveUp = () => answer.reject(new Error(`no answer to joining ${occupant}`));
  bound.addEventListener('abort', giveUp, { once: true });
  const stopListening = session.onStanza((stanza) => {
    const presence = parseMucPresence(stanza);
    if (presence?.room !== room) return;
    if (presence.kind === 'available' && presence.self) answer.resolve();
    if (presence.kind === 'error')
      answer.reject(new Error(`${occupant} was refused: ${conditionOf(stanza)}`));
  });
  try {
    await session.send(roomPresence(occupant, true, extensions));
    await answer.promise;
  } finally {
    stopListening();
    bound.removeEventListener('abort', giveUp);
  }
}

/** Leaves a room; a stream that is gone has left already. */
export async function leaveRoom(session: XmppSession, room: string, nick: string): Promise<void> {
  if (session.closed.aborted) return;
  await session.send(xml('presence', { to: `${room}/${nick}`, type: 'unavailable' }));
}

function conditionOf(stanza: Element): string {
  const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
  const known = [
    'conflict',
    'forbidden',
    'not-authorized',
    'not-allowed',
    'item-not-found',
    'service-unavailable',
  ];
  const error = stanza.getChild('error');
  return known.find((condition) => error?.getChild(condition, stanzas)) ?? 'error presence';
}
