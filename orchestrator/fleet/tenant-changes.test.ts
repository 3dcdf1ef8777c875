import { describe, expect, it } from 'vitest';
import { changedTenants, tenantPools } from './tenant-changes.ts';

describe('changedTenants', () => {
  it('names tenants that came, went or changed their pool', () => {
    const fleet = { tenants: { acme: 'gold', 'new.one': 'main', same: 'main' } };
    const table = new Map([
      ['acme', 'main'],
      ['gone', 'gold'],
      ['same', 'main'],
    ]);
    expect(changedTenants(fleet, table)).toEqual(['acme', 'new_one', 'gone']);
    expect(changedTenants(fleet, tenantPools(fleet))).toEqual([]);
  });
});
