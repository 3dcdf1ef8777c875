import { canonicalName, roomNameRules } from './canonical.ts';
import { canonicalTenant, joinRoomKey } from './room-key.ts';

/** The room that a request is for; tenant and name in canonical form. */
export interface RequestRoom {
  tenant: string;
  name: string;
  key: string;
  /** Whether it belongs to a meeting's signalling, which claims a seat; a page only looks the table up. */
  signalling: boolean;
}

/** Ends of the paths that name the room in `?room=`. Case matters, and what is encoded in them is another path. */
const signallingPaths = ['/http-bind', '/xmpp-websocket', '/conference-request/v1', '/config.js'];

/**
 * The room of a request target (path and query, or absolute form): what templates/haproxy-room-key.hbs computes.
 * On a signalling path the tenant is what stands before it and the room the first `room` parameter; any other
 * path is a page, `/tenant/room`. Undefined when no room is named or its name can be no key.
 */
export function roomKeyOfRequest(target: string): RequestRoom | undefined {
  if (target.includes('%00')) return undefined;
  const [, path = '', query = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?]*)?(\/[^?]*)(.*)$/is.exec(target) ?? [];
  const signallingPath = signallingPaths.find((end) => path.endsWith(end));
  const before = path.slice(0, signallingPath ? -signallingPath.length : path.lastIndexOf('/'));
  const tenant = canonicalTenant(before.slice(1));
  const rawName = signallingPath ? parameter(query, 'room') : path.slice(path.lastIndexOf('/') + 1);
  const name = canonicalName(rawName, roomNameRules);
  if (tenant === undefined || !name) return undefined;
  return { tenant, name, key: joinRoomKey(tenant, name), signalling: signallingPath !== undefined };
}

/** The first value of a query parameter as HAProxy's url_param finds it: `&`, `;` and `?` all separate. */
function parameter(query: string, name: string): string {
  const found = query.split(/[&;?]/).find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? '';
}
