import { quantile } from './quantile.ts';

/** One measurement; its error is taken to grow with `x`, which is above 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** More rounds change nothing that counts: tried on a week's steps with a fifth of outliers. */
const rounds = 15;
/** Standard deviations beyond which a point counts for nothing, and the deviation for a middle miss of 1. */
const furthest = 3;
const deviation = 1.4826;

/**
 * The line of least absolute deviations, relative to `x`, by least squares that are weighted anew each round; then
 * least squares without those that are far from it. `origin`: through it.
 */
export function robustLine(points: readonly Point[], through: 'origin' | 'free'): Line {
  let line = weightedLine(points, points.map(relative), through);
  for (let round = 0; round < rounds; round += 1) {
    const misses = points.map((point) => missAt(point, line) / point.x);
    // Below it a point is on the line, and would hold it there for good.
    const least = quantile(misses, 0.5) / 100 || 1e-9;
    const weights = points.map((point, index) => relative(point) / Math.max(least, misses[index] ?? 0));
    line = weightedLine(points, weights, through);
  }
  const limit =
    furthest *
    deviation *
    quantile(
      points.map((point) => missAt(point, line) / point.x),
      0.5,
    );
  const near = points.filter((point) => missAt(point, line) / point.x <= limit);
  return weightedLine(near, near.map(relative), through);
}

/** How far a point is off a line. */
export function missAt({ x, y }: Point, { slope, intercept }: Line): number {
  return Math.abs(y - intercept - slope * x);
}

function relative({ x }: Point): number {
  return 1 / x ** 2;
}

/** Weighted least squares; through the origin too when all points have the same `x`. */
function weightedLine(
  points: readonly Point[],
  weights: readonly number[],
  through: 'origin' | 'free',
): Line {
  let [sum, sumX, sumY, sumXx, sumXy] = [0, 0, 0, 0, 0];
  for (const [index, { x, y }] of points.entries()) {
    const weight = weights[index] ?? 0;
    sum += weight;
    sumX += weight * x;
    sumY += weight * y;
    sumXx += weight * x * x;
    sumXy += weight * x * y;
  }
  const spread = sum * sumXx - sumX ** 2;
  if (through === 'origin' || spread <= 1e-9 * sum * sumXx) return { slope: sumXy / sumXx, intercept: 0 };
  const slope = (sum * sumXy - sumX * sumY) / spread;
  return { slope, intercept: (sumY - slope * sumX) / sum };
}
