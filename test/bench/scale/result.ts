import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import type { Tuned } from './tune.ts';

/** All policies on one trace. */
export interface TraceResult {
  readonly trace: string;
  readonly policies: Readonly<Record<string, PolicyResult>>;
  /** Ours with faults: gaps, failed starts, crashes, restarts. */
  readonly withFaults: Score;
  /** The rival that holds the service level with the fewest bridge-hours, if any does. */
  readonly bestRival: string | undefined;
  /** Our bridge-hours as a share of that one's. */
  readonly ratio: number | undefined;
  readonly isGoalMet: boolean;
}

/** A policy at its best. */
export interface PolicyResult extends Score {
  readonly meetsLevel: boolean;
  readonly options: object;
  /** Options whose best value is the first or the last of those tried. */
  readonly edges: readonly string[];
  /** Our bridge-hours as a share of its own. */
  readonly ratio: number;
}

const goal = 0.9;
/** What the others are compared with. */
export const ours = 'forecast';

/** Judges the policies on a trace. */
export function resultOf(
  trace: string,
  tuned: Readonly<Record<string, Tuned>>,
  withFaults: Score,
): TraceResult {
  const own = tuned[ours];
  if (!own) throw new RangeError(`${ours} is missing`);
  const policies = Object.entries(tuned).map(([policy, { score, meetsLevel, options, edges }]) => {
    const ratio = own.score.bridgeHours / score.bridgeHours;
    return [policy, { ...score, meetsLevel, options, edges, ratio }] as const;
  });
  const rivals = policies.filter(([policy, { meetsLevel }]) => policy !== ours && meetsLevel);
  const [best] = rivals.toSorted(([, a], [, b]) => a.bridgeHours - b.bridgeHours);
  const isGoalMet =
    own.meetsLevel &&
    (best?.[1].ratio ?? 0) <= goal &&
    withFaults.cut === 0 &&
    withFaults.overloadPpm <= 2 * own.score.overloadPpm;
  return {
    trace,
    policies: Object.fromEntries(policies),
    withFaults,
    bestRival: best?.[0],
    ratio: best?.[1].ratio,
    isGoalMet,
  };
}

/** The same as tables for people. */
export function describeResults(results: readonly TraceResult[]): string {
  return results.map((result) => `${describeResult(result).join('\n')}\n`).join('\n');
}

function describeResult({ trace, policies, withFaults, bestRival, ratio }: TraceResult): string[] {
  const rows = [
    ...Object.entries(policies),
    ['forecast, with faults', { ...withFaults, meetsLevel: true }] as const,
  ];
  return [
    trace,
    `${'policy'.padEnd(24)}${['hours', 'ppm', 'hot %', 'starts', 'again', 'splits', 'cut'].map((head) => head.padStart(8)).join('')}`,
    ...rows.map(([policy, score]) => {
      const { bridgeHours, overloadPpm, hotPct, launches, relaunches30m, splitLegs, cut, meetsLevel } = score;
      const figures = [bridgeHours, overloadPpm, hotPct, launches, relaunches30m, splitLegs, cut];
      const cells = figures.map((figure) => figure.toFixed(figure < 100 ? 1 : 0).padStart(8)).join('');
      return `${policy.padEnd(24)}${cells}${meetsLevel ? '' : '  below the service level'}`;
    }),
    ...(ratio === undefined ? ['no rival holds the service level'] : [`${ratio.toFixed(3)} of ${bestRival}`]),
  ];
}
