import { stateOf } from '../bridges/bridge-state.ts';
import type { BridgeWord } from '../bridges/bridges-file.ts';
import type { FollowedBridge } from '../bridges/follow-bridges.ts';
import { figuresOf } from './measure/bridge-figures.ts';
import type { ScaledBridge, ScaledMeeting, ScaledState } from './scale-policy.ts';

/** A bridge with this stress carries what it should carry at most; 1 is its own limit (scaling.md). */
export const fullStress = 0.8;

/** What has not answered for so long since it was asked for is not reckoned with any more: four usual starts. */
const startsWithinMs = 16 * 60_000;

/**
 * One bridge as policies see it.
 *
 * @param word what its operator wants of it
 * @param fullBitsPerSecond what it should carry at most
 */
export function scaledBridge(
  bridge: FollowedBridge,
  word: BridgeWord | undefined,
  meetings: readonly ScaledMeeting[],
  fullBitsPerSecond: number,
  nowMs: number,
): ScaledBridge {
  const { name, firstSeenAt: startedMs } = bridge;
  return {
    name,
    startedMs,
    meetings,
    state: scaledState(bridge, word, nowMs),
    load: loadOf(bridge, fullBitsPerSecond, nowMs),
  };
}

/** As a share of what it should carry: by throughput, or by stress where that is more. Undefined: not known. */
export function loadOf(bridge: FollowedBridge, fullBitsPerSecond: number, nowMs: number): number | undefined {
  const figures = figuresOf(bridge, nowMs);
  return figures && Math.max(figures.bitsPerSecond / fullBitsPerSecond, (figures.stress ?? 0) / fullStress);
}

function scaledState(bridge: FollowedBridge, word: BridgeWord | undefined, nowMs: number): ScaledState {
  const state = stateOf(bridge, word);
  if (state === 'open' || state === 'draining') return state;
  if (state !== 'unknown') return 'ending';
  if (bridge.isStarting) return nowMs - bridge.firstSeenAt < startsWithinMs ? 'starting' : 'ending';
  return bridge.held?.stats.draining ? 'draining' : 'open';
}
