import { count } from '../../../common/words.ts';
import type { Compared } from '../../../orchestrator/scaling/simulate/compare.ts';
import { level } from '../../../orchestrator/scaling/simulate/level.ts';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import { meanOf, minutesOf, scoredPart } from '../../../orchestrator/scaling/simulate/trace.ts';
import { formatTable } from '../../output/table.ts';

/** All policies on one trace. */
export interface TraceResults {
  readonly trace: string;
  readonly days: number;
  /** Days before these, from which policies learn and which count for nothing. */
  readonly warmUpDays: number;
  readonly meanPeople: number;
  readonly peakPeople: number;
  /** Best first: those that hold the service level by their bridge-hours, then the others by their overload. */
  readonly policies: readonly PolicyResult[];
}

/** How a policy did. */
export interface PolicyResult extends Score {
  readonly policy: string;
  readonly options: object;
  readonly meetsLevel: boolean;
  /** Its bridge-hours as a multiple of the fluid bound. */
  readonly timesBound: number;
}

/** The results of each trace, in the order of the traces. */
export function resultsByTrace(compared: readonly Compared[]): TraceResults[] {
  return [...Map.groupBy(compared, ({ trace }) => trace)].map(([trace, ofTrace]) => {
    const { name = '', warmUpDays = 0 } = ofTrace[0] ?? {};
    const scored = scoredPart({ trace, warmUpDays });
    return {
      trace: name,
      days: minutesOf(scored) / 1440,
      warmUpDays,
      meanPeople: meanOf(scored.values),
      peakPeople: scored.values.reduce((highest, value) => Math.max(highest, value), 0),
      policies: ofTrace.map(resultOf).toSorted(bestFirst),
    };
  });
}

/** The heads of the table of policies. */
export const head = [
  'POLICY',
  'BRIDGE-HOURS',
  'X BOUND',
  'OVERLOAD PPM',
  'HOT %',
  'LAUNCHES',
  'SPLITS',
  'CUT',
  'LEVEL',
];

/** Tables for people, with what they need to read them. */
export function formatResults(results: readonly TraceResults[]): string {
  const tables = results.map(
    (result) => `${headingOf(result)}\n${formatTable(head, result.policies.map(rowOf))}\n`,
  );
  return `${tables.join('')}All but CUT are per day. ${levelText}\n`;
}

/** The service level, in words. */
export const levelText = `LEVEL: overload at most ${level.overloadPpm} ppm of the people's minutes, bridges hot (above .8) at most ${level.hotPct} % of theirs, nothing cut.`;

/** One line about a trace. */
export function headingOf(results: TraceResults): string {
  const { trace, days, warmUpDays, meanPeople, peakPeople, policies } = results;
  const bound = policies[0]?.fluidBound ?? 0;
  const learned = warmUpDays === 0 ? '' : ` after ${warmUpDays} to learn from`;
  const people = `${whole(meanPeople)} people on average, ${whole(peakPeople)} at most`;
  return `${trace}: ${count(Number(days.toFixed(1)), 'day')}${learned}, ${people}; fluid bound ${bound.toFixed(1)} bridge-hours a day`;
}

/** The cells of a policy, as people read them. */
export function rowOf(result: PolicyResult): string[] {
  const { bridgeHours, timesBound, overloadPpm, hotPct, launches, splitLegs, cut } = result;
  return [
    result.policy,
    bridgeHours.toFixed(0),
    timesBound.toFixed(2),
    overloadPpm.toFixed(0),
    hotPct.toFixed(1),
    launches.toFixed(1),
    splitLegs.toFixed(0),
    String(cut),
    result.meetsLevel ? 'held' : 'missed',
  ];
}

function resultOf({ policy, options, meetsLevel, score }: Compared): PolicyResult {
  return { policy, options, meetsLevel, ...score, timesBound: score.bridgeHours / score.fluidBound };
}

function bestFirst(a: PolicyResult, b: PolicyResult): number {
  return (
    Number(b.meetsLevel) - Number(a.meetsLevel) ||
    (a.meetsLevel ? a.bridgeHours - b.bridgeHours : a.overloadPpm - b.overloadPpm)
  );
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
