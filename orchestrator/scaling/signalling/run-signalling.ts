import { loop } from '../../../common/loop.ts';
import { SparingAudit } from '../../audit/sparing-audit.ts';
import type { Control } from '../../control/control.ts';
import { wallTimeOf } from '../rules/wall-time.ts';
import { followGroup } from './follow-group.ts';
import { GroupHistory } from './group-history.ts';
import { lookAround } from './look-around.ts';
import { sayNear } from './say-near.ts';
import type { GroupReport } from './signalling-book.ts';
import { groupShards } from './view-groups.ts';

/** Measures the signalling of every shard, says which are near their limits, and follows the load with shards. */
export async function runSignalling(control: Control, signal: AbortSignal): Promise<void> {
  const histories = new Map<string, GroupHistory>();
  const toWallMs = wallTimeOf(control.fleet.scaling.timeZone ?? 'UTC');
  const near = new SparingAudit(control.audit);
  const decided = new SparingAudit(control.audit);
  await loop('signalling', control.fleet.timings.bridgesEveryMs, signal, control.log, async () => {
    const mirror = control.mirror();
    // An unblessed Redis may not have told of everything.
    if (!mirror || !(await control.table.isBlessed())) return;
    const look = await lookAround(control, mirror);
    await sayNear(control, near, look.signalling, signal);
    const groups = new Map<string, GroupReport>();
    for (const [name, specs] of groupShards(look.specs)) {
      const history = histories.get(name) ?? new GroupHistory(control.loads, name, toWallMs);
      histories.set(name, history);
      groups.set(name, await followGroup(control, { name, specs, history }, look, decided));
    }
    decided.keepOnly((name) => isNews(groups.get(name)));
    control.signalling.record(look.signalling, groups);
  });
  control.signalling.forget();
}

function isNews(report: GroupReport | undefined): boolean {
  return report !== undefined && (report.decision.do !== 'nothing' || report.decision.isShort);
}
