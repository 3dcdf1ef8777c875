import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';

/** While too few have ended to tell, meetings of all ages are as likely to go on. */
const unknownShare = 0.5;
/** At no age is a meeting sure to go on, or sure to end. */
const surest = 1e-9;
/** So near to as many as there are is near enough; it takes some five steps, and twenty where ages differ most. */
const precision = 1e-6;
const mostSteps = 50;

/** From one time to another, in milliseconds since the epoch. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When the meetings began that are left when some have ended, as far as can be expected. Which ones did is not known: all
 * are taken to end so many times as fast, at their age, as just so many are left. What is left of each is dealt out, the
 * oldest first, to as many meetings as there are, each of which is as old as its part is on average.
 *
 * @param startedMs when all of them began, the oldest first
 * @param span in which so many of them have ended
 */
export function withoutEnded(
  startedMs: readonly number[],
  ended: number,
  { fromMs, toMs }: Span,
  survival: SurvivalCurve,
): number[] {
  const count = startedMs.length - ended;
  if (count === 0) return [];
  const rates = startedMs.map((began) => {
    const seenMs = Math.max(fromMs, began);
    const share = survival.lasts(seenMs - began, toMs - seenMs) ?? unknownShare;
    return -Math.log(Math.min(1 - surest, Math.max(surest, share)));
  });
  return meansOfParts(startedMs, decayedTo(count, rates), count).map(Math.round);
}

/** What is left of each when they are `count` in all: found by Newton's method, which never overshoots here. */
function decayedTo(count: number, rates: readonly number[]): number[] {
  let pace = 0;
  let left = rates.map(() => 1);
  for (let step = 0; step < mostSteps && sumOf(left) > count * (1 + precision); step += 1) {
    pace += (sumOf(left) - count) / sumOf(left.map((share, at) => share * (rates[at] ?? 0)));
    left = rates.map((rate) => Math.exp(-pace * rate));
  }
  return left;
}

/** The mean of each of so many parts, which weigh the same, of the values in their order. */
function meansOfParts(values: readonly number[], weights: readonly number[], parts: number): number[] {
  const weight = sumOf(weights) / parts;
  let at = 0;
  let rest = weights[0] ?? 0;
  return Array.from({ length: parts }, () => {
    let sum = 0;
    for (let need = weight; need > 0; ) {
      const isLast = at === values.length - 1;
      const taken = isLast ? need : Math.min(rest, need);
      sum += taken * (values[at] ?? 0);
      need -= taken;
      rest -= taken;
      if (rest > 0 || isLast) continue;
      at += 1;
      rest = weights[at] ?? 0;
    }
    return sum / weight;
  });
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
