import type { Advice } from '../../../orchestrator/scaling/report/advice.ts';
import type { PeopleCost } from '../../../orchestrator/scaling/report/calibrate-people.ts';
import type { PolicyCost } from '../../../orchestrator/scaling/report/cost-policies.ts';
import type { FleetReport, ShardReport } from '../../../orchestrator/scaling/report/report.ts';
import { formatTable } from '../../output/table.ts';

/** A report for people: what was used, what people and bridges cost, what policies would have, and what to do. */
export function formatReport({ shards, people, policies, advice }: FleetReport): string {
  const parts = [
    `Used, in hours a week:\n\n${formatUsage(shards)}`,
    `Calibrated, in Mbit/s:\n\n${formatCalibration(shards, people)}`,
    ...(policies.length > 0
      ? [`Policies on the recorded load, by simulation:\n\n${formatPolicies(policies)}`]
      : []),
    advice.length > 0
      ? `Advice, by bridge-hours a week; some save the same ones, so take one and look again:\n\n${formatAdvice(advice)}`
      : 'No advice.\n',
  ];
  return parts.join('\n');
}

function formatUsage(shards: readonly ShardReport[]): string {
  const head = [
    ...[
      'SHARD',
      'REGION',
      'POLICY',
      'MIN',
      'MAX',
      'KNOWN',
      'BRIDGE-HOURS',
      'FLUID',
      'USED',
      'SPARE',
      'PEAK LOAD',
    ],
    ...['AT MIN', 'AT MAX', 'HOT'],
  ];
  const rows = shards.map(({ name, region, policy, min, max, usage }) => [
    ...[name, region, policy, min, max, `${usage.knownHours.toFixed(0)} h`, whole(usage.bridgeHours)],
    ...[whole(usage.fluidBound), `${whole(100 * usage.utilisation)} %`, whole(usage.spareBridgeHours)],
    ...[
      usage.peakLoad.toFixed(1),
      whole(usage.hoursAtMin),
      whole(usage.hoursAtMax),
      usage.hotHours.toFixed(1),
    ],
  ]);
  return formatTable(head, rows);
}

function formatCalibration(shards: readonly ShardReport[], people: PeopleCost | null): string {
  const rows = shards.map(({ name, people: own, bridge, bridgeBitsPerSecond }) => [
    ...[name, ...peopleCells(own), mbps(bridgeBitsPerSecond)],
    bridge && `${bridge.bound === 'at-least' ? 'at least ' : ''}${mbps(bridge.bitsPerSecond)}`,
  ]);
  const fleet = shards.length > 1 ? [['all', ...peopleCells(people), null, null]] : [];
  const head = ['SHARD', 'PARTICIPANT', '8 OF 10', 'WITHOUT ANYBODY', 'STEPS', 'BRIDGE, SET', 'AT STRESS .8'];
  return formatTable(head, [...rows, ...fleet]);
}

function peopleCells(people: PeopleCost | null): (string | number | null)[] {
  if (!people) return [null, null, null, null];
  const { bitsPerSecond, spread, idleBitsPerSecond, steps } = people;
  return [mbps(bitsPerSecond), spread.map(mbps).join(' to '), mbps(idleBitsPerSecond), steps];
}

function formatPolicies(policies: readonly PolicyCost[]): string {
  return formatTable(
    ['SHARD', ...policyHead, 'SERVES WELL'],
    policies.map((cost) => [cost.shard, ...policyCells(cost), cost.meetsLevel]),
  );
}

/** What is told of a policy. */
export const policyHead = ['POLICY', 'BRIDGE-HOURS A WEEK', 'OVERLOAD PPM', 'HOT', 'STARTS A DAY'];

/** The same of one. */
export function policyCells({ policy, score }: PolicyCost): string[] {
  const { bridgeHours, overloadPpm, hotPct, launches } = score;
  const hot = `${hotPct.toFixed(1)} %`;
  return [policy, whole(7 * bridgeHours), whole(overloadPpm), hot, launches.toFixed(1)];
}

/** What to do, with its commands. */
export function formatAdvice(advice: readonly Advice[]): string {
  const lines = advice.map(({ shards, reason, savedBridgeHours: saved, isUrgent, commands }) => {
    const worth = saved >= 0 ? `saves ${whole(saved)}` : `costs ${whole(-saved)}`;
    const urgent = isUrgent ? 'URGENT ' : '';
    return [`${urgent}${shards.join(', ')}: ${reason}; ${worth}`, ...commands.map((one) => `    ${one}`)];
  });
  return `${lines.flat().join('\n')}\n`;
}

function whole(value: number): string {
  return value.toFixed(0);
}

function mbps(bitsPerSecond: number): string {
  const value = bitsPerSecond / 1e6;
  return value.toFixed(value < 10 ? 2 : 0);
}
