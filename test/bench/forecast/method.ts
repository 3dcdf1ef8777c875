/** A way to forecast a load 15 minutes ahead, a step of five minutes at a time. */
export interface Method {
  /** Takes in the mean load of the step that begins at `wallMs` and says what it expects three steps later. */
  next(wallMs: number, load: number): Said;
}

export interface Said {
  readonly mean: number;
  /** Not exceeded with 97.5 %; undefined for methods that have none: `banded` gives them one. */
  readonly high?: number;
}

/** Steps ahead. */
export const ahead = 3;
/** The level of `high`. */
export const level = 0.975;
