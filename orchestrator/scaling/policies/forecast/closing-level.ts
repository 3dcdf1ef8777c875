/** A bridge is hot above this share of its load (scaling.md). */
const hotAbove = 0.8;
const lowest = 0.5;
/** How fast the level follows, for each hot minute of a bridge: by a tenth within a day of ten bridges, all hot. */
const gain = 0.0002;

/**
 * From which load on a bridge takes nobody else, so that a share of the bridges' minutes is hot and not more: bridges
 * that are too often hot close earlier. It finds the level by itself, whatever the sizes of meetings.
 */
export class ClosingLevel {
  readonly #hotShare: number;
  #level: number;

  /** @param hotShare of the bridges' minutes that may be hot */
  constructor(hotShare: number, level = 0.75) {
    this.#hotShare = hotShare;
    this.#level = level;
  }

  get level(): number {
    return this.#level;
  }

  /** A minute has passed with these loads. */
  observe(loads: readonly number[]): void {
    const hot = loads.filter((load) => load > hotAbove).length;
    const next = this.#level + gain * (this.#hotShare * loads.length - hot);
    this.#level = Math.min(1, Math.max(lowest, next));
  }
}
