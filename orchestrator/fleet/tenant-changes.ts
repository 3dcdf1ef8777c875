import { canonicalTenant } from '../../haproxy/room-key/room-key.ts';
import type { Fleet } from './schema.ts';

/** The pools of a fleet file's tenants, by the tenant's canonical name, as the stick table keeps them. */
export function tenantPools(fleet: Pick<Fleet, 'tenants'>): Map<string, string> {
  return new Map(
    Object.entries(fleet.tenants).map(([tenant, pool]) => [canonicalTenant(tenant) ?? tenant, pool]),
  );
}

/**
 * Tenants whose pool in the fleet file is not the one that the stick table was blessed with. A tenant that changes
 * its pool under way would be seated by two tables at once; its pool is fixed while the fleet is up.
 */
export function changedTenants(
  fleet: Pick<Fleet, 'tenants'>,
  inTable: ReadonlyMap<string, string>,
): string[] {
  const inFile = tenantPools(fleet);
  const all = new Set([...inFile.keys(), ...inTable.keys()]);
  return [...all].filter((tenant) => inFile.get(tenant) !== inTable.get(tenant));
}
