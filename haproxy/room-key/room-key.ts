import { crc32 } from 'node:zlib';
import { canonicalName, isCanonical, roomNameRules, tenantRules } from './canonical.ts';

/** Buckets of every pool. */
export const bucketCount = 1024;

/** The key of a room, `tenant/name`, or `/name` without a tenant, by canonical names. */
export function joinRoomKey(tenant: string, name: string): string {
  return `${tenant}/${name}`;
}

/** Whether `text` is a room key: what the functions here and HAProxy's rules give, and nothing else. */
export function isRoomKey(text: string): boolean {
  const [tenant, name, ...more] = text.split('/');
  if (tenant === undefined || name === undefined || name === '' || more.length > 0) return false;
  return isCanonical(tenant, tenantRules) && isCanonical(name, roomNameRules);
}

/** The tenant of a room key in canonical form, empty when it has none. */
export function tenantOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** The canonical form of a tenant as an operator or a URL writes it, the key of tenants.map; undefined when it holds a NUL. */
export function canonicalTenant(tenant: string): string | undefined {
  return canonicalName(tenant, tenantRules);
}

/** The bucket of a room key, 0 to 1023: HAProxy's `crc32,mod(1024)`. */
export function bucketOf(key: string): number {
  return crc32(key) % bucketCount;
}
