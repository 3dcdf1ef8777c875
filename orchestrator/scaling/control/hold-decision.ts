import type { ScaleDecision, SeenBridge } from '../scale-policy.ts';

/** All stays as it is. */
export function holdDecision(bridges: readonly SeenBridge[], reason: string): ScaleDecision {
  const open = bridges.filter(({ state }) => state === 'open');
  return {
    exist: bridges.filter(({ state }) => state !== 'ending').length,
    open: new Set(open.map(({ name }) => name)),
    reasons: [reason],
  };
}
