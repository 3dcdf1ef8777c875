/** How long something took, over many times it happened. */
export interface Latency {
  readonly count: number;
  /** Milliseconds; 0 when it never happened. */
  readonly p50: number;
  readonly p99: number;
}

/** Percentiles by nearest rank, rounded to a hundredth of a millisecond. */
export function latencyOf(milliseconds: readonly number[]): Latency {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const rank = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 100) / 100;
  return { count: sorted.length, p50: rank(0.5), p99: rank(0.99) };
}
