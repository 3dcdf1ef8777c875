/** The room as a person typed it. */
export interface RoomAddress {
  /** Path before the room's name, without slashes at its ends; empty for none. */
  readonly tenant: string;
  readonly name: string;
}

/** `tenant/name`, for reports. */
export function roomLabel(room: RoomAddress): string {
  return `${room.tenant}/${room.name}`;
}

/**
 * The name as lib-jitsi-meet puts it into URLs of signalling and into JIDs: one Unicode form, lower case,
 * percent-encoded.
 */
export function safeRoomName(name: string): string {
  return encodeURIComponent(name.normalize('NFKC').toLowerCase()).toLowerCase();
}

/** The MUC: tenants' rooms are named `[tenant]room` (mod_muc_domain_mapper). */
export function mucJid(room: RoomAddress, mucDomain: string): string {
  const tenant = room.tenant === '' ? '' : `[${safeRoomName(room.tenant)}]`;
  return `${tenant}${safeRoomName(room.name)}@${mucDomain}`;
}

/** Path and query of a signalling request (`http-bind`, `conference-request/v1`, ...), as lib-jitsi-meet writes it. */
export function signallingTarget(room: RoomAddress, path: string): string {
  return `${tenantPath(room)}/${path}?room=${safeRoomName(room.name)}`;
}

/** The page asks for its configuration with the room's name as typed, so in the letters' own case. */
export function configTarget(room: RoomAddress): string {
  return `${tenantPath(room)}/config.js?room=${encodeURIComponent(room.name)}`;
}

function tenantPath(room: RoomAddress): string {
  return room.tenant === '' ? '' : `/${room.tenant}`;
}
