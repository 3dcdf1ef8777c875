import type { Trace } from './trace.ts';

/** A fixed number of bridges is made for a peak that fills them to this. */
const fill = 0.8;

/**
 * As many bridges as a trace needs that has no autoscaler.
 *
 * @param trace its values are people
 * @param capacity people that a bridge should carry at most
 */
export function bridgesForPeak({ values }: Trace, capacity: number): number {
  const highest = values.reduce((most, one) => Math.max(most, one), 0);
  return Math.ceil(highest / capacity / fill);
}
