import type { Replacement } from './schema.ts';
import { stepBack } from './step-back.ts';
import { stepForward } from './step-forward.ts';
import { isUnderWay, type UpgradeStep, type UpgradeView } from './upgrade-view.ts';

/** The next step of each replacement, in their order; what waits says for what. */
export function stepsOf(view: UpgradeView): { replacement: Replacement; step: UpgradeStep }[] {
  const { upgrade, shards } = view;
  let free = upgrade.surge - upgrade.shards.filter((one) => isUnderWay(one, shards)).length;
  return upgrade.shards.map((replacement) => {
    const step = replacement.back ? stepBack(replacement, view) : stepForward(replacement, view, free > 0);
    if (step.do === 'add') free -= 1;
    return { replacement, step };
  });
}

/** The one step to take now: what is wrong stops everything before anything else is done. */
export function decideUpgrade(view: UpgradeView): UpgradeStep {
  const { state, reason } = view.upgrade;
  if (state !== 'running') return { do: 'wait', reason: `${state}: ${reason}` };
  const steps = stepsOf(view).map(({ step }) => step);
  const stop = steps.find((step) => step.do === 'stop');
  const next = stop ?? steps.find((step) => step.do !== 'wait' && step.do !== 'done');
  if (next) return next;
  const waiting = steps.filter((step) => step.do === 'wait');
  if (waiting.length === 0) return { do: 'done', reason: 'every shard is at its version' };
  return { do: 'wait', reason: waiting.map((step) => step.reason).join('; ') };
}
