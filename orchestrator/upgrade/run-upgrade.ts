import { loop } from '../../common/loop.ts';
import type { Control } from '../control/control.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import { planStep } from './plan-step.ts';
import { readUpgrade } from './upgrade-file.ts';
import type { UpgradeStep } from './upgrade-view.ts';
import { upgradeShards } from './view-shards.ts';

const everyMs = 1_000;

/** Takes the fleet's upgrade its steps further. All of its state is in files: another orchestrator goes on. */
export async function runUpgrade(control: Control, signal: AbortSignal): Promise<void> {
  let lastSaid = '';
  await loop('upgrade', everyMs, signal, control.log, async () => {
    const stored = await readUpgrade(control.wishes);
    const mirror = control.mirror();
    if (stored.upgrade?.state !== 'running' || !mirror || !(await control.table.isBlessed())) return;
    const shards = await upgradeShards(control, mirror);
    const { canAdd } = control.wishes;
    const view = { upgrade: stored.upgrade, shards, canAdd, now: Date.now() };
    const step = decideUpgrade(view);
    if (step.do === 'wait') {
      if (step.reason !== lastSaid) control.log.info({ reason: step.reason }, 'upgrade waits');
      lastSaid = step.reason;
      return;
    }
    await control.wishes.apply(await planStep(control.wishes, stored, view, step));
    const { do: what, reason, ...about } = step;
    if (what === 'stop') control.log.warn({ reason, ...about }, 'upgrade stopped');
    else control.log.info({ step: what, reason, ...about }, 'upgrade');
    control.audit.record({
      actor: 'orchestrator',
      action: `upgrade.${what}`,
      shards: shardsOf(step),
      reason,
      inputs: { imageTag: stored.upgrade.imageTag, ...about },
      outcome: 'ok',
    });
  });
}

function shardsOf(step: UpgradeStep): string[] {
  if ('shard' in step) return [step.shard];
  return 'old' in step ? [step.old] : [];
}
