import type { PolicyCost } from '../../../orchestrator/scaling/report/cost-policies.ts';
import type { RecordedShard } from '../../../orchestrator/scaling/report/recorded-shard.ts';
import { recordedTimeline } from '../../../orchestrator/scaling/report/recorded-timeline.ts';
import type { FleetReport } from '../../../orchestrator/scaling/report/report.ts';
import { escapeText } from '../picture/escape.ts';
import { columns, figureOf, heightFor } from '../picture/figure.ts';
import { htmlTable, levelMark, pageOf } from '../picture/page.ts';
import { formatAdvice, policyCells, policyHead } from './format-report.ts';

/** A report as an HTML page: what to do, and what was recorded of each shard beside what policies would have done. */
export function reportPage(recorded: readonly RecordedShard[], report: FleetReport): string {
  const { advice, policies } = report;
  const todo =
    advice.length > 0 ? `<pre class="wide">${escapeText(formatAdvice(advice))}</pre>` : '<p>No advice.</p>';
  const told =
    'Recorded load and bridges, and what policies would have done with that load, by simulation. Gaps in what was recorded show what was known before them.';
  const shards = recorded.map((shard) => {
    return sectionOf(
      shard,
      policies.filter((cost) => cost.shard === shard.name),
    );
  });
  return pageOf('Bridges that were used', told, [`<h2>Advice</h2>\n${todo}`, ...shards]);
}

function sectionOf(shard: RecordedShard, costs: readonly PolicyCost[]): string {
  const drawn = costs.flatMap(({ timeline }) => timeline ?? []);
  const was = recordedTimeline(shard, columns, drawn[0]?.startMs);
  const heading = `<h2>${escapeText(`${shard.name}, region ${shard.region}`)}</h2>`;
  if (!was) return `${heading}\n<p>Nothing is recorded.</p>`;
  const most = heightFor([was, ...drawn]);
  const figures = costs.map(({ policy, score, meetsLevel, timeline }) => {
    const caption = `${(7 * score.bridgeHours).toFixed(0)} bridge-hours a week, ${levelMark(meetsLevel)}`;
    return timeline ? figureOf(policy, caption, timeline, most) : '';
  });
  const rows = costs.map((cost) => [...policyCells(cost), cost.meetsLevel ? 'held' : 'missed']);
  return [
    heading,
    ...(rows.length > 0 ? [htmlTable([...policyHead, 'LEVEL'], rows)] : []),
    figureOf('recorded', `policy ${shard.policy.name}, ${shard.min} to ${shard.max} bridges`, was, most),
    ...figures,
  ].join('\n');
}
