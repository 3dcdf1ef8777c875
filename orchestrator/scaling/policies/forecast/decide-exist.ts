/** What there is, in loads of a bridge. */
export interface ExistView {
  /** Bridges, those that start included. */
  readonly bridges: number;
  /** How much more they can take. */
  readonly free: number;
  /** By how much the load may rise before a bridge that starts now is there. */
  readonly rise: number;
}

export interface ExistOptions {
  /** What a bridge counts for. */
  readonly existFill: number;
  /** Kept free above what is expected. */
  readonly reserve: number;
}

/**
 * How many bridges exist: enough for what the load may rise by. What a drained bridge could still take counts: it opens
 * at once, and a new one would be held for hours by the long meetings that come to it.
 */
export function decideExist(
  { bridges, free, rise }: ExistView,
  { existFill, reserve }: ExistOptions,
): { readonly exist: number; readonly reason: string } {
  const need = rise + reserve;
  const told = `room for ${free.toFixed(1)} bridges' load, ${need.toFixed(1)} needed`;
  const missing = Math.ceil((need - free) / existFill);
  if (missing > 0)
    return { exist: bridges + missing, reason: `exist ${bridges} -> ${bridges + missing}: ${told}` };
  const spare = Math.max(0, Math.floor((free - need) / existFill));
  const exist = Math.max(1, bridges - spare);
  return { exist, reason: `exist ${exist === bridges ? bridges : `${bridges} -> ${exist}`}: ${told}` };
}
