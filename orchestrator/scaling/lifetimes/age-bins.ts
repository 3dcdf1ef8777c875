const minuteMs = 60_000;
/** Ages up to 4 hours are told apart by the minute, for many end at half past; up to a day by 30 minutes, and no further. */
const fineMs = minuteMs;
const fineBins = 240;
const coarseMs = 30 * minuteMs;
const coarseBins = 40;

/** How many kinds of age there are; the last has no end. */
export const ageBins = fineBins + coarseBins + 1;

/** Where a bin of ages begins, in milliseconds; of the number beyond the last, where that one would end. */
export function binStart(bin: number): number {
  if (bin > fineBins + coarseBins) return Number.POSITIVE_INFINITY;
  return bin <= fineBins ? bin * fineMs : fineBins * fineMs + (bin - fineBins) * coarseMs;
}

/** Which bin an age belongs to; an age below 0, of a clock that is ahead, to the first. */
export function binOf(ageMs: number): number {
  const fine = Math.floor(Math.max(0, ageMs) / fineMs);
  if (fine < fineBins) return fine;
  return Math.min(ageBins - 1, fineBins + Math.floor((ageMs - fineBins * fineMs) / coarseMs));
}
