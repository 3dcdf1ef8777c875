import type { Replacement } from './schema.ts';
import type { UpgradeStep, UpgradeView } from './upgrade-view.ts';

/** The next step of taking one shard's replacement back: first the old one gets its rooms again. */
export function stepBack({ old: oldName, new: newName }: Replacement, { shards }: UpgradeView): UpgradeStep {
  const old = shards.get(oldName);
  const fresh = newName === undefined ? undefined : shards.get(newName);
  if (newName === undefined || !fresh) return { do: 'done', reason: `${oldName} stays` };
  if (!old) return { do: 'done', reason: `${oldName} was gone already: ${newName} stays` };
  if (fresh.spec.removing) {
    return { do: 'wait', reason: `${newName} drains: ${fresh.rooms} rooms left` };
  }
  if (old.spec.removing) {
    if (old.record && !old.record.admitted) {
      return { do: 'wait', reason: `${oldName} is being taken out: it is too late to keep it` };
    }
    return { do: 'activate', shard: oldName, reason: 'the upgrade is rolled back' };
  }
  const getsRooms = old.record?.observed === 'ready' && (old.buckets > 0 || old.spec.weight === 0);
  if (old.spec.desired === 'active' && !getsRooms) {
    return { do: 'wait', reason: `${oldName} must get rooms again before ${newName} goes` };
  }
  return { do: 'remove', shard: newName, reason: 'the upgrade is rolled back' };
}
