import type { Latency } from './latency.ts';
import { type DemoReport, isClean } from './report.ts';

/** At most this many rooms are named when something went wrong. */
const namedFaults = 10;

/** The report for people, in lines. */
export function renderReport(report: DemoReport): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['rooms', report.rooms],
    ['participants', report.participants],
    ['split rooms', report.split],
    ['moved rooms', report.moved],
    ['cut meetings', report.cut],
    ['absent participants', report.absent],
    ['messages lost', report.unheard],
    ['reconnects', report.reconnects],
    ['first joins', latency(report.joins.first)],
    ['warm joins', latency(report.joins.warm)],
    ['first requests', latency(report.requests.first)],
    ['warm requests', latency(report.requests.warm)],
    [
      'rooms by shard',
      Object.entries(report.shards)
        .map((entry) => entry.join(' '))
        .join(', '),
    ],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
  const faults = report.faults
    .slice(0, namedFaults)
    .flatMap(({ room, split, moved, cut }) => [
      ...(split ? [`  ${room} split: ${split}`] : []),
      ...(moved ? [`  ${room} moved: ${moved}`] : []),
      ...(cut ? [`  ${room} cut: ${cut}`] : []),
    ]);
  const result = isClean(report)
    ? 'No room was split, none moved, no meeting was cut.'
    : 'FAILED: what must be zero is not.';
  return [...lines, ...faults, '', result].join('\n');
}

function latency({ count, p50, p99 }: Latency): string {
  return `p50 ${p50} ms, p99 ${p99} ms (${count})`;
}
