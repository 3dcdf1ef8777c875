import { canonicalName, roomNameRules } from './canonical.ts';
import { canonicalTenant, joinRoomKey } from './room-key.ts';

/**
 * The room key of an XMPP room, `room@conference.domain` or `[tenant]room@conference.domain`, with or without a
 * resource, as a census names it; undefined when that is no such JID or its name can be no key.
 */
export function roomKeyOfJid(jid: string): string | undefined {
  const [, inBrackets = '', room = ''] = /^(?:\[([^\]@]*)\])?([^@[][^@]*)@/.exec(jid) ?? [];
  const tenant = canonicalTenant(inBrackets);
  const name = canonicalName(room, roomNameRules);
  return tenant === undefined || !name ? undefined : joinRoomKey(tenant, name);
}
