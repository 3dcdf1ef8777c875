import type { LoadStep } from '../load-history/load-step.ts';
import { quantile } from './quantile.ts';

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

/** A line with an intercept must miss by this much less, and its intercept be this share of the median, to be taken. */
const betterBy = 0.05;
const interceptShare = 0.05;

interface Point {
  readonly people: number;
  readonly bits: number;
}

/**
 * Bits per second of a participant, by two robust lines: least absolute deviations through the origin, and Theil's
 * incomplete method with an intercept, which is taken where it fits clearly better. Up to a quarter of the steps may be
 * outliers. Undefined when too little is recorded.
 */
export function calibratePeople(steps: readonly LoadStep[]): PeopleCost | undefined {
  const points = steps.flatMap(({ participants: people, bitsPerSecond: bits }) =>
    people === undefined || bits === undefined || people < fewestPeople ? [] : [{ people, bits }],
  );
  if (points.length < fewestSteps) return undefined;
  const ratios = points.map(({ people, bits }) => bits / people);
  const { slope, intercept } = lineOf(points);
  return {
    bitsPerSecond: slope,
    idleBitsPerSecond: intercept,
    spread: [quantile(ratios, 0.1), quantile(ratios, 0.9)],
    steps: points.length,
  };
}

function lineOf(points: readonly Point[]): { slope: number; intercept: number } {
  const origin = { slope: slopeThroughOrigin(points), intercept: 0 };
  const free = theilLine(points);
  if (!free) return origin;
  const isBetter = missOf(points, free) < (1 - betterBy) * missOf(points, origin);
  const middle = quantile(
    points.map(({ bits }) => bits),
    0.5,
  );
  return isBetter && free.slope > 0 && free.intercept > interceptShare * middle ? free : origin;
}

/** Least absolute deviations through the origin: the median of the ratios, each as heavy as its people. */
function slopeThroughOrigin(points: readonly Point[]): number {
  const inOrder = points.toSorted((a, b) => a.bits / a.people - b.bits / b.people);
  let left = inOrder.reduce((sum, { people }) => sum + people, 0) / 2;
  const middle = inOrder.find(({ people }) => {
    left -= people;
    return left <= 0;
  });
  return middle ? middle.bits / middle.people : Number.NaN;
}

/** The median slope of each point of the lower half to its like of the upper; undefined when all have as many people. */
function theilLine(points: readonly Point[]): { slope: number; intercept: number } | undefined {
  const inOrder = points.toSorted((a, b) => a.people - b.people);
  const half = Math.ceil(inOrder.length / 2);
  const slopes = inOrder.slice(half).flatMap((upper, index) => {
    const lower = inOrder[index];
    if (!lower || lower.people === upper.people) return [];
    return [(upper.bits - lower.bits) / (upper.people - lower.people)];
  });
  if (slopes.length < fewestSteps / 2) return undefined;
  const slope = quantile(slopes, 0.5);
  const rest = points.map(({ people, bits }) => bits - slope * people);
  return { slope, intercept: quantile(rest, 0.5) };
}

/** The median miss, which outliers do not move. */
function missOf(
  points: readonly Point[],
  { slope, intercept }: { slope: number; intercept: number },
): number {
  return quantile(
    points.map(({ people, bits }) => Math.abs(bits - intercept - slope * people)),
    0.5,
  );
}
