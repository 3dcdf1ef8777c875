import type { ScaleDecision, ScaledBridge } from './scale-policy.ts';

/** What a decision changes. */
export interface ScaleChanges {
  readonly start: number;
  readonly drain: readonly ScaledBridge[];
  readonly undrain: readonly ScaledBridge[];
  /** Told to end when they are empty. */
  readonly end: readonly ScaledBridge[];
  /** Empty for sure, and gone at once. */
  readonly remove: readonly ScaledBridge[];
}

/**
 * What changes by `decision`. A bridge goes only when it takes no conferences and `isSurelyEmpty`: nothing is cut.
 */
export function planScaling(
  bridges: readonly ScaledBridge[],
  { exist, open, end }: ScaleDecision,
  isSurelyEmpty: (bridge: ScaledBridge) => boolean,
): ScaleChanges {
  const staying = bridges.filter(({ name, state }) => state !== 'ending' && !end?.has(name));
  const spare = Math.max(0, staying.length - exist);
  const idle = staying.filter(
    (bridge) => bridge.state === 'draining' && !open.has(bridge.name) && isSurelyEmpty(bridge),
  );
  const gone = bridges.filter((bridge) => bridge.state === 'ending' && isSurelyEmpty(bridge));
  return {
    start: Math.max(0, exist - staying.length),
    drain: staying.filter(({ name, state }) => state === 'open' && !open.has(name)),
    undrain: staying.filter(({ name, state }) => state === 'draining' && open.has(name)),
    end: bridges.filter(({ name, state }) => state !== 'ending' && end?.has(name)),
    remove: [...gone, ...idle.slice(0, spare)],
  };
}
