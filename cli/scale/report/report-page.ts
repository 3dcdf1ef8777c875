import type { PolicyCost } from '../../../orchestrator/scaling/report/cost-policies.ts';
import type { RecordedShard } from '../../../orchestrator/scaling/report/recorded-shard.ts';
import { recordedTimeline } from '../../../orchestrator/scaling/report/recorded-timeline.ts';
import type { FleetReport } from '../../../orchestrator/scaling/report/report.ts';
import { escapeText } from '../picture/escape.ts';
import { columns, figureOf, heightFor } from '../picture/figure.ts';
import { htmlTable, levelMark, pageOf } from '../picture/page.ts';
import { formatAdvice, policyCells, policyHead } from './format-report.ts';

/**
 * A report as an HTML page: what to do, and what was recorded of each shard beside what policies would have done.
 *
 * @param drawn the shards with pictures
 */
export function reportPage(
  recorded: readonly RecordedShard[],
  report: FleetReport,
  drawn: ReadonlySet<string>,
): string {
  const { advice, policies } = report;
  const todo =
    advice.length > 0 ? `<pre class="wide">${escapeText(formatAdvice(advice))}</pre>` : '<p>No advice.</p>';
  const told = [
    'Recorded load and bridges, and what policies would have done with that load, by simulation. Gaps in what was recorded show what was known before them.',
    ...whoIsNotDrawn(recorded, drawn),
  ];
  const shards = recorded.map((shard) => {
    const costs = policies.filter((cost) => cost.shard === shard.name);
    return [
      `<h2>${escapeText(`${shard.name}, region ${shard.region}`)}</h2>`,
      ...(costs.length > 0 ? [tableOf(costs)] : []),
      drawn.has(shard.name) ? figuresOf(shard, costs) : '<p>No picture.</p>',
    ].join('\n');
  });
  return pageOf('Bridges that were used', told.join(' '), [`<h2>Advice</h2>\n${todo}`, ...shards]);
}

/** So many names in a line. */
const maxNames = 3;

/** Which shards have no pictures, and how to have them; nothing where all have. */
export function whoIsNotDrawn(recorded: readonly RecordedShard[], drawn: ReadonlySet<string>): string[] {
  const names = recorded.map(({ name }) => name).filter((name) => !drawn.has(name));
  if (names.length === 0) return [];
  const rest = names.length - maxNames;
  const listed = `${names.slice(0, maxNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return [
    `No pictures of ${listed}, whose bridge-hours are the fewest: name them on the command line to have theirs.`,
  ];
}

function tableOf(costs: readonly PolicyCost[]): string {
  const rows = costs.map((cost) => [...policyCells(cost), cost.meetsLevel ? 'held' : 'missed']);
  return htmlTable([...policyHead, 'LEVEL'], rows);
}

function figuresOf(shard: RecordedShard, costs: readonly PolicyCost[]): string {
  const simulated = costs.flatMap(({ timeline }) => timeline ?? []);
  const was = recordedTimeline(shard, columns, simulated[0]?.startMs);
  if (!was) return '<p>Nothing is recorded.</p>';
  const most = heightFor([was, ...simulated]);
  const figures = costs.map(({ policy, score, meetsLevel, timeline }) => {
    const caption = `${(7 * score.bridgeHours).toFixed(0)} bridge-hours a week, ${levelMark(meetsLevel)}`;
    return timeline ? figureOf(policy, caption, timeline, most) : '';
  });
  return [
    figureOf('recorded', `policy ${shard.policy.name}, ${shard.min} to ${shard.max} bridges`, was, most),
    ...figures,
  ].join('\n');
}
