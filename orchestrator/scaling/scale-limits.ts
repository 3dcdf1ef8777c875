import type { ScaleDecision, ScaledBridge } from './scale-policy.ts';

/** What operators allow and ask of a shard's bridges at one moment. */
export interface ScaleLimits {
  /** Bridges that are there and take conferences at least. */
  readonly min: number;
  /** Bridges that are there at most, those not counted that are ending. */
  readonly max: number;
  /** None goes. */
  readonly noScaleDown: boolean;
  /** All stays as it is. */
  readonly paused: boolean;
  /** What announced events bring on top of what is there, in loads of a bridge. */
  readonly expected: number;
  /** Each with the one who said so. */
  readonly reasons: readonly string[];
}

/** What a policy decided, within what operators allow. */
export function limitDecision(
  decision: ScaleDecision,
  bridges: readonly ScaledBridge[],
  { min, max }: ScaleLimits,
): ScaleDecision {
  const usable = bridges.filter(
    ({ name, state }) => (state === 'open' || state === 'draining') && !decision.end?.has(name),
  );
  // The fullest first, the youngest first among equals: the oldest and emptiest drain.
  const inOrder = usable.toReversed().toSorted((a, b) => (b.load ?? 1) - (a.load ?? 1));
  const wanted = inOrder.filter(({ name }) => decision.open.has(name));
  const others = inOrder.filter(({ name }) => !decision.open.has(name));
  const open = [...wanted, ...others.slice(0, Math.max(0, min - wanted.length))].slice(0, max);
  return {
    ...decision,
    exist: Math.min(max, Math.max(min, decision.exist)),
    open: new Set(open.map(({ name }) => name)),
    most: max,
  };
}
