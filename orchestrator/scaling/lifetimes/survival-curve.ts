import { ageBins, binOf, binStart } from './age-bins.ts';
import type { Lifetimes } from './lifetimes.ts';

/** Fewer ended meetings say nothing of an age: those of the ages around it are taken with it. */
const endedToTell = 10;

/** Of those that reach an age no more than this share is ever said to end at it. */
const mostInBin = 0.999;

/** How long meetings go on. */
export interface SurvivalCurve {
  /** The probability that a meeting of this age lasts for so much longer, in milliseconds; undefined: too few have ended. */
  lasts(ageMs: number, moreMs: number): number | undefined;
}

/** The curve of what was seen, by Kaplan and Meier over bins of ages; nothing is assumed of meetings. */
export function survivalOf(lifetimes: Lifetimes): SurvivalCurve {
  const total = lifetimes.ended.reduce((sum, ended) => sum + ended, 0);
  if (total < endedToTell) return { lasts: () => undefined };
  const hazards = lifetimes.ended.map((_, bin) => hazardAround(lifetimes, bin));
  const until: number[] = [0];
  for (let bin = 0; bin < ageBins - 1; bin += 1) {
    until.push((until[bin] ?? 0) + (hazards[bin] ?? 0) * (binStart(bin + 1) - binStart(bin)));
  }
  const hazardUntil = (ageMs: number) => {
    const bin = binOf(ageMs);
    return (until[bin] ?? 0) + (hazards[bin] ?? 0) * Math.max(0, ageMs - binStart(bin));
  };
  return { lasts: (ageMs, moreMs) => Math.exp(hazardUntil(ageMs) - hazardUntil(ageMs + moreMs)) };
}

/**
 * By how much the logarithm of the survivors falls in a millisecond, at the ages of a bin and of so many on both sides as
 * are needed to tell. Those that end are taken to have lived for half of it (the actuarial form): otherwise a bin in which
 * many end would be too deadly.
 */
function hazardAround({ ended, livedMs }: Lifetimes, bin: number): number {
  for (let reach = 0; ; reach += 1) {
    const deaths = sumAround(ended, bin, reach);
    if (deaths < endedToTell && reach < ageBins) continue;
    const rate = deaths / Math.max(1, sumAround(livedMs, bin, reach));
    const widthMs = bin < ageBins - 1 ? binStart(bin + 1) - binStart(bin) : 0;
    const share = Math.min(mostInBin, (rate * widthMs) / (1 + (rate * widthMs) / 2));
    return widthMs > 0 ? -Math.log(1 - share) / widthMs : rate;
  }
}

function sumAround(counts: readonly number[], bin: number, reach: number): number {
  const end = Math.min(counts.length, bin + reach + 1);
  let sum = 0;
  for (let other = Math.max(0, bin - reach); other < end; other += 1) sum += counts[other] ?? 0;
  return sum;
}
