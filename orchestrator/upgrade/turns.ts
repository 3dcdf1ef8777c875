import type { Replacement, Upgrade } from './schema.ts';
import { isUnderWay, type UpgradeShard } from './upgrade-view.ts';

type Shards = ReadonlyMap<string, UpgradeShard>;

/** An upgrade that was paused or stopped goes on: trials begin anew, and new shards that are gone are added again. */
export function resumed(upgrade: Upgrade, shards: Shards, now: number): Upgrade {
  const again = upgrade.shards.map((one): Replacement => {
    const { old, from, to, new: fresh } = one;
    if (one.back || fresh === undefined || !shards.has(old)) return one;
    return shards.has(fresh) ? { old, from, to, new: fresh, addedAt: isoOf(now) } : { old, from, to };
  });
  return { ...upgrade, state: 'running', reason: 'resumed', shards: again };
}

/** New shards that get no new rooms while an upgrade is stopped: those on trial. */
export function onTrial(upgrade: Upgrade, shards: Shards): string[] {
  return upgrade.shards.flatMap((one) => {
    const isTried = !one.back && isUnderWay(one, shards) && !shards.get(one.old)?.spec.removing;
    return isTried && one.new !== undefined ? [one.new] : [];
  });
}

/**
 * The way back: a new shard whose old one is still there goes. One whose old one is gone already is replaced by the
 * same steps as before, so that its capacity is never missing.
 */
export function rolledBack(upgrade: Upgrade, shards: Shards): Upgrade {
  const back = upgrade.shards.flatMap((one): Replacement[] => {
    const { old, from, to, new: fresh } = one;
    if (fresh === undefined || !shards.has(fresh)) return [];
    return shards.has(old) ? [{ ...one, back: true }] : [{ old: fresh, from: to, to: from }];
  });
  return { ...upgrade, state: 'running', reason: 'rolling back', rollback: true, shards: back };
}

/** ISO 8601. */
export function isoOf(time: number): string {
  return new Date(time).toISOString();
}
