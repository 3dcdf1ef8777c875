import type { Control } from '../control/control.ts';
import { changedTenants } from './tenant-changes.ts';

/** Says that tenants whose pool was changed in the fleet file stay in the pool that the stick table has for them. */
export function refuseTenants(
  { fleet, audit, log }: Pick<Control, 'fleet' | 'audit' | 'log'>,
  inTable: ReadonlyMap<string, string>,
): void {
  const tenants = changedTenants(fleet, inTable);
  if (tenants.length === 0) return;
  log.error({ tenants }, 'pools of tenants changed: not before `down` and `up`');
  audit.record({
    actor: 'orchestrator',
    action: 'fleet.refuse',
    reason: 'pools of tenants differ between fleet.yaml and the stick table',
    inputs: { tenants },
    outcome: 'they stay as they are until `usher down` and `usher up`',
  });
}
