import { type Element, xml } from '@xmpp/client';
import { isStanzaError, type XmppSession } from '../../brewery/xmpp-session.ts';

const colibri2 = 'jitsi:colibri2';
/** Jicofo's reply-timeout. */
const replyTimeoutMs = 15_000;

/** What one conference-modify asks of a bridge. */
export interface ModifyRequest {
  meetingId: string;
  /** Full name of the room; given when the conference is created. */
  createAs?: string | undefined;
  add?: readonly string[];
  expire?: readonly string[];
  /** Ends the whole conference. */
  expireAll?: boolean;
}

/** How a bridge took it. `failed` is any answer, or none, that makes the bridge suspect. */
export type ModifyOutcome =
  | 'done'
  | 'graceful-shutdown'
  | 'unknown-conference'
  | 'stale-conference'
  | 'failed';

/** Sends a conference-modify to a bridge's occupant JID. Rejects only when our own stream is gone. */
export async function modifyConference(
  session: XmppSession,
  bridgeJid: string,
  request: ModifyRequest,
): Promise<ModifyOutcome> {
  try {
    await session.request(bridgeJid, render(request), replyTimeoutMs);
    return 'done';
  } catch (error) {
    if (session.closed.aborted) throw error;
    const reason = isStanzaError(error) ? error.application?.attrs.reason : undefined;
    if (reason === 'graceful_shutdown') return 'graceful-shutdown';
    if (reason === 'conference_not_found' || reason === 'unknown_endpoint') return 'unknown-conference';
    if (reason === 'conference_already_exists') return 'stale-conference';
    return 'failed';
  }
}

function render(request: ModifyRequest): Element {
  const created = (request.add ?? []).map((id) =>
    xml(
      'endpoint',
      { xmlns: colibri2, id, create: 'true', 'stats-id': id },
      xml('capability', { name: 'source-names' }),
      xml('transport', { 'ice-controlling': 'true' }, xml('sctp')),
    ),
  );
  const expired = (request.expire ?? []).map((id) =>
    xml('endpoint', { xmlns: colibri2, id, expire: 'true' }),
  );
  const create = request.createAs ? { create: 'true', name: request.createAs } : {};
  const expire = request.expireAll ? { expire: 'true' } : {};
  const attributes = { xmlns: colibri2, 'meeting-id': request.meetingId, ...create, ...expire };
  return xml('conference-modify', attributes, ...created, ...expired);
}
