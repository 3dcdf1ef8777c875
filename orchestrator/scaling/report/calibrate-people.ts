import type { LoadStep } from '../load-history/load-step.ts';
import { quantile } from './quantile.ts';
import { type Line, missAt, type Point, robustLine } from './robust-line.ts';

/** What people cost, by what was recorded. */
export interface PeopleCost {
  /** Per participant. */
  readonly bitsPerSecond: number;
  /** What there is without anybody; 0 unless the record asks for it. */
  readonly idleBitsPerSecond: number;
  /** Eight steps of ten lie within these, in bits per second and participant. */
  readonly spread: readonly [low: number, high: number];
  /** How many steps say so. */
  readonly steps: number;
}

/** With fewer people a single camera decides, and with fewer steps a single meeting: three hours at least. */
const fewestPeople = 5;
const fewestSteps = 36;
/** More are thinned out: a large fleet's would take minutes, and tell the same. */
const mostSteps = 10_000;

/** A line with an intercept must miss by this much less, and its intercept be this share of the median, to be taken. */
const betterBy = 0.05;
const interceptShare = 0.05;

/**
 * Bits per second of a participant, by a robust line through the origin, or with an intercept where that fits clearly
 * better. A fifth of the steps may be outliers. Undefined when too little is recorded.
 */
export function calibratePeople(steps: readonly LoadStep[]): PeopleCost | undefined {
  const told = steps.flatMap(({ participants: x, bitsPerSecond: y }) =>
    x === undefined || y === undefined || x < fewestPeople ? [] : [{ x, y }],
  );
  if (told.length < fewestSteps) return undefined;
  const every = Math.ceil(told.length / mostSteps);
  const points = told.filter((_, index) => index % every === 0);
  const ratios = points.map(({ x, y }) => y / x);
  const { slope, intercept } = lineOf(points);
  return {
    bitsPerSecond: slope,
    idleBitsPerSecond: intercept,
    spread: [quantile(ratios, 0.1), quantile(ratios, 0.9)],
    steps: points.length,
  };
}

function lineOf(points: readonly Point[]): Line {
  const origin = robustLine(points, 'origin');
  const free = robustLine(points, 'free');
  const isBetter = middleMiss(points, free) < (1 - betterBy) * middleMiss(points, origin);
  const middle = quantile(
    points.map(({ y }) => y),
    0.5,
  );
  return isBetter && free.slope > 0 && free.intercept > interceptShare * middle ? free : origin;
}

/** As a share of what is measured: outliers do not move it, nor do a few crowded hours. */
function middleMiss(points: readonly Point[], line: Line): number {
  return quantile(
    points.map((point) => missAt(point, line) / point.x),
    0.5,
  );
}
