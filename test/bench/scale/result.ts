import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import type { Tuned } from './tune.ts';

/** All policies on one trace. */
export interface TraceResult {
  readonly trace: string;
  readonly policies: Readonly<
    Record<string, Score & { readonly meetsLevel: boolean; readonly options: object }>
  >;
  /** Ours with faults: gaps, failed starts, crashes, restarts. */
  readonly withFaults: Score;
  /** The rival that holds the service level with the fewest bridge-hours, if any does. */
  readonly bestRival: string | undefined;
  /** Our bridge-hours as a share of that one's. */
  readonly ratio: number | undefined;
  readonly isGoalMet: boolean;
}

const goal = 0.9;

/** Judges the policies on a trace. `forecast` is ours. */
export function resultOf(trace: string, tuned: readonly Tuned[], withFaults: Score): TraceResult {
  const ours = tuned.find(({ policy }) => policy === 'forecast');
  const rivals = tuned.filter((one) => one !== ours && one.meetsLevel);
  const [best] = rivals.toSorted((a, b) => a.score.bridgeHours - b.score.bridgeHours);
  const ratio = ours && best && ours.score.bridgeHours / best.score.bridgeHours;
  const isGoalMet =
    ours?.meetsLevel === true &&
    (ratio === undefined || ratio <= goal) &&
    withFaults.cut === 0 &&
    withFaults.overloadPpm <= 2 * ours.score.overloadPpm;
  const policies = tuned.map(({ policy, options, meetsLevel, score }) => [
    policy,
    { ...score, meetsLevel, options },
  ]);
  return {
    trace,
    policies: Object.fromEntries(policies),
    withFaults,
    bestRival: best?.policy,
    ratio,
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
