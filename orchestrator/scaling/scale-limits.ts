import { count } from '../../common/words.ts';
import type { ScaleDecision, SeenBridge } from './scale-policy.ts';

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

/** What is announced fills a bridge so far: above it a bridge is hot (scaling.md). */
const fillTo = 0.8;

/** What a policy decided, within what operators allow; the reasons say what it would have been without. */
export function limitDecision(
  decision: ScaleDecision,
  bridges: readonly SeenBridge[],
  limits: ScaleLimits,
): ScaleDecision {
  const { min, max, expected, noScaleDown, paused } = limits;
  const there = bridges.filter(({ state }) => state !== 'ending');
  const announced = decision.exist + Math.ceil(expected / fillTo);
  const kept = noScaleDown ? Math.max(announced, there.length) : announced;
  const exist = Math.min(max, Math.max(min, kept));
  // Once told to end, a bridge ends; no further one is told where none may go, nor one in whose place another would start.
  const keep = noScaleDown || paused;
  const told = keep ? [] : there.filter(({ name }) => decision.end?.has(name)).toSorted(byLoad);
  const further = namesOf(told.slice(0, Math.max(0, there.length - exist)));
  const staying = there.filter(({ name }) => !further.has(name));
  const before = bridges.filter(({ name, state }) => state === 'ending' && decision.end?.has(name));
  const end = new Set([...namesOf(before), ...further]);
  if (paused) {
    const open = namesOf(staying.filter(({ state }) => state === 'open'));
    const reasons = [`paused: ${count(staying.length, 'bridge')}, ${open.size} of them open`];
    return { exist: staying.length, open, end, keep, reasons };
  }
  const reasons = [...decision.reasons];
  if (expected > 0) reasons.push(`room for ${expected.toFixed(1)} bridges' load of announced events`);
  if (kept > announced) reasons.push('none goes');
  if (exist > kept) reasons.push(`at least ${min}`);
  if (exist < kept) reasons.push(`at most ${max}`);
  if (exist !== decision.exist) reasons.push(`exist ${exist} instead of ${decision.exist}`);
  return {
    exist,
    open: openWithin(decision, staying, limits),
    end,
    most: max,
    keep: noScaleDown && staying.length <= max,
    reasons,
  };
}

/** Those that the policy opens, and as many others as the least and announced events need. */
function openWithin(
  decision: ScaleDecision,
  staying: readonly SeenBridge[],
  { min, max, expected }: ScaleLimits,
): Set<string> {
  const usable = staying.filter(({ state }) => state === 'open' || state === 'draining');
  const wanted = usable.filter(({ name }) => decision.open.has(name));
  if (expected <= 0 && wanted.length >= min && wanted.length <= max) return namesOf(wanted);
  // The fullest first, the youngest first among equals: the oldest and emptiest drain.
  const inOrder = usable.toReversed().toSorted((a, b) => (b.load ?? 1) - (a.load ?? 1));
  const open = inOrder.filter(({ name }) => decision.open.has(name));
  let needed = expected;
  for (const bridge of inOrder.filter(({ name }) => !decision.open.has(name))) {
    if (open.length >= min && needed <= 0) break;
    open.push(bridge);
    needed -= Math.max(0, fillTo - (bridge.load ?? 1));
  }
  return namesOf(open.slice(0, max));
}

/** The emptiest first. */
function byLoad(a: SeenBridge, b: SeenBridge): number {
  return (a.load ?? 1) - (b.load ?? 1);
}

function namesOf(bridges: readonly SeenBridge[]): Set<string> {
  return new Set(bridges.map(({ name }) => name));
}
