import { stateOf } from '../bridges/bridge-state.ts';
import type { BridgeWord } from '../bridges/bridges-file.ts';
import type { FollowedBridge } from '../bridges/follow-bridges.ts';
import { figuresOf } from './measure/bridge-figures.ts';
import type { ConferenceCount } from './meetings/bridge-meetings.ts';
import type { ScaledState, SeenBridge } from './scale-policy.ts';

/** A bridge with this stress carries what it should carry at most; 1 is its own limit (scaling.md). */
export const fullStress = 0.8;

/** What has not answered for so long since it was asked for is not reckoned with any more: four usual starts. */
const startsWithinMs = 16 * 60_000;

/** A bridge, with what it counts of its conferences. */
export interface CountedBridge extends SeenBridge {
  /** Undefined: it has not said. */
  readonly conferences: ConferenceCount | undefined;
}

/**
 * One bridge as its shard's scaler sees it.
 *
 * @param word what its operator wants of it
 * @param fullBitsPerSecond what it should carry at most
 */
export function countedBridge(
  bridge: FollowedBridge,
  word: BridgeWord | undefined,
  fullBitsPerSecond: number,
  nowMs: number,
): CountedBridge {
  const { name, firstSeenAt: startedMs } = bridge;
  return {
    name,
    startedMs,
    state: scaledState(bridge, word, nowMs),
    load: loadOf(bridge, fullBitsPerSecond, nowMs),
    conferences: countOf(bridge, nowMs),
  };
}

/** As a share of what it should carry: by throughput, or by stress where that is more. Undefined: not known. */
export function loadOf(bridge: FollowedBridge, fullBitsPerSecond: number, nowMs: number): number | undefined {
  const figures = figuresOf(bridge, nowMs);
  return figures && Math.max(figures.bitsPerSecond / fullBitsPerSecond, (figures.stress ?? 0) / fullStress);
}

/** The last that it said; a failed read says nothing. One that starts has none. */
function countOf({ held, isStarting }: FollowedBridge, nowMs: number): ConferenceCount | undefined {
  if (isStarting) return { readMs: nowMs, there: 0, created: 0 };
  if (held?.stats.conferences === undefined) return undefined;
  return { readMs: held.readAt, there: held.stats.conferences, created: held.stats.conferencesCreated };
}

function scaledState(bridge: FollowedBridge, word: BridgeWord | undefined, nowMs: number): ScaledState {
  const state = stateOf(bridge, word);
  if (state === 'open' || state === 'draining') return state;
  if (state !== 'unknown') return 'ending';
  if (bridge.isStarting) return nowMs - bridge.firstSeenAt < startsWithinMs ? 'starting' : 'ending';
  return bridge.held?.stats.draining ? 'draining' : 'open';
}
