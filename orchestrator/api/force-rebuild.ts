import type { Control } from '../control/control.ts';
import type { ChangeAnswer } from './schema/change.ts';

/** Lets a rebuild of the table go on without those who do not answer. */
export function forceRebuild(control: Control, dryRun: boolean): ChangeAnswer {
  const { missing, reason, forced } = control.rebuild;
  if (reason === undefined || missing.size === 0 || forced) return { changed: false, actions: [] };
  const actions = [...missing].map(([who, why]) => `rebuild the table without ${who} (${why})`);
  actions.push('rooms that only these know of may be seated a second time');
  if (!dryRun) control.rebuild.forced = true;
  return { changed: true, actions };
}
