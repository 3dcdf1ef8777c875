import { createHash } from 'node:crypto';

/**
 * The canonical form of a name, step by step the same as templates/haproxy-room-key.hbs. Bytes are held as latin1
 * strings, one character a byte, since a name need not be UTF-8 once it is decoded.
 */
export interface NameRules {
  /** Longer names, in decoded bytes, are hashed: a key must fit a line of a map and a payload of the runtime socket. */
  readonly maxBytes: number;
  /** Characters that mean the same in such a name, and the one that stands for them. */
  readonly alike: RegExp;
  readonly standIn: string;
}

/**
 * `+` is a space in a form-encoded query and HAProxy's url_dec takes it for one after a `?`: which of the two was
 * meant cannot be told, and two rooms that differ in nothing else may well share a shard.
 */
export const roomNameRules: NameRules = { maxBytes: 200, alike: /[+]/g, standIn: ' ' };

/** Jitsi's config.js makes a domain label of the tenant, with `_` for `.`; Prosody's room JIDs have that form. */
export const tenantRules: NameRules = { maxBytes: 100, alike: /[.+ ]/g, standIn: '_' };

const nul = /%00|\0/;

/**
 * The canonical form of a name as it stands in a URL or in a JID, percent-encoded up to twice; undefined when it
 * holds a NUL, which HAProxy cannot decode.
 */
export function canonicalName(raw: string, rules: NameRules): string | undefined {
  const once = decode(Buffer.from(raw, 'utf8').toString('latin1'));
  return nul.test(raw) || nul.test(once) ? undefined : encode(decode(once), rules);
}

/** Whether `text` is what `canonicalName` gives for some name. */
export function isCanonical(text: string, rules: NameRules): boolean {
  return !nul.test(text) && encode(decode(text), rules) === text;
}

/** Percent-decoding of all or nothing: a malformed string is a name with a percent sign in it, as in `100%`. */
function decode(text: string): string {
  if (/%(?![0-9a-f]{2})/i.test(text)) return text;
  return text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function encode(decoded: string, { maxBytes, alike, standIn }: NameRules): string {
  const folded = decoded.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(alike, standIn);
  if (folded.length > maxBytes) {
    return `sha256-${createHash('sha256').update(folded, 'latin1').digest('hex')}`;
  }
  return folded.replace(/[^a-z0-9._~-]/g, percent);
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
