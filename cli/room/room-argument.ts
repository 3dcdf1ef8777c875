import { UsageError } from '../../common/errors.ts';
import { canonicalName, roomNameRules } from '../../haproxy/room-key/canonical.ts';
import { roomKeyOfJid } from '../../haproxy/room-key/jid-room.ts';
import { roomKeyOfRequest } from '../../haproxy/room-key/request-room.ts';
import { canonicalTenant, isRoomKey, joinRoomKey } from '../../haproxy/room-key/room-key.ts';

/** The key of a room as a person names it: by key, URL, JID, `tenant/Room Name` or `Room Name`. */
export function roomArgument(text: string): string {
  const key = isRoomKey(text) ? text : keyOf(text);
  if (key !== undefined) return key;
  throw new UsageError(
    `"${text}" names no room; expected its URL, TENANT/NAME, NAME, its JID as in [tenant]room@conference.domain, or its key`,
  );
}

function keyOf(text: string): string | undefined {
  // What follows a # is the page's own configuration and never reaches a server.
  if (/^(https?|wss?):\/\//i.test(text)) return roomKeyOfRequest(text.replace(/#.*$/s, ''))?.key;
  // A key holds no @, and neither does any name that Jitsi makes up: this is a JID.
  if (text.includes('@')) return roomKeyOfJid(text);
  const slash = text.lastIndexOf('/');
  const tenant = canonicalTenant(text.slice(0, Math.max(slash, 0)).replace(/^\//, ''));
  const name = canonicalName(text.slice(slash + 1), roomNameRules);
  return tenant === undefined || !name ? undefined : joinRoomKey(tenant, name);
}
